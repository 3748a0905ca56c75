"""Tests over the project itself: rules that would otherwise stand in a text nobody reads."""
