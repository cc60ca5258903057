"""Keys and those who hold them: custody, what a key allows, and what a person who leaves leaves behind."""
