"""Verdict sheets on their way out and back: the workbook that assessors fill in, the file that is kept.

Pure: bytes and values in, bytes and values out; commands read and write the files.
"""
