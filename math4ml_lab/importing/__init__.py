"""Courses of other graders, read as text and written as a course of ours: nothing of the source is imported or run.

A reader for each kind (`okpy`, `otter`, `nbgrader`) makes `Book`s of notebooks; `course_files` makes files of these.
"""
