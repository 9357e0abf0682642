"""The server extension: reads courses, speaks with kernels, keeps the learner's record."""
