package parser

// Version numbers the rules of this package: it grows with every change that reads a page differently, and is stored with each article.
const Version = 1
