"""How every page looks: layout, components as template tags, page-wide texts, compression, errors."""
