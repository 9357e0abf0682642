"""All that runs inside the learner's kernel, or in processes that the kernel starts.

These modules are sent as source and need nothing but Python 3.9 and its standard library; numpy where the
exercise uses it, hypothesis only to draw inputs that are not frozen.
"""
