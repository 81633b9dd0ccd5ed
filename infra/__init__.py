"""How the product is run, shipped and measured; no page and no rule of a call lives here."""
