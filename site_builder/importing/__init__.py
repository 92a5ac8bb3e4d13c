"""Verdict sheets on their way out and back: the workbook assessors fill in, the file kept of it.

Pure: bytes and values in, bytes and values out; commands read and write the files.
"""
