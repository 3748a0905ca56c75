"""Questions: what a form, booking, panel or survey asks, and what an answer is worth.

Pure: elements, conditions, fees, evaluation, rendering. It stores nothing and knows no submission.
"""
