"""What the pages read, one function a page or part of one."""
