"""The screening call: questions on the left, the picture forming on the right."""
