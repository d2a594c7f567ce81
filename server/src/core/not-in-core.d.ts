// Deliberately not a module: tsconfig.json beside it points every package that the core may not import here.
