"""The adapter of Odnoklassniki (ok.ru). Its hooks are found through the entry point group ``munsocial``."""
