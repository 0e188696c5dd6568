"""What several test files share; a test module imports from here, never from another test module."""
