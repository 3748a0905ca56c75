"""Ways of people through the whole house, in a real browser, told as sentences."""
