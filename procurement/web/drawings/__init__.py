"""Drawings of the pages: pure geometry; the templates `components/draw_*.html` write the SVG.

Figures arrive as Decimal or datetime, texts arrive written in the reader's language. Lengths are SVG units of the
view box, rounded to a tenth. Only `pictures` knows the reader's language: it writes the texts and asks the others.
"""
