"""The kinds of pages, one file each: values for a template of the same name."""
