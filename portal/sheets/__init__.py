"""Spreadsheets: reading what offices send, writing what they get; knows nothing of the apps."""
