"""The WXR target: one file that WordPress, Squarespace and others import."""
