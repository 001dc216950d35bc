// What stands for something that only the city knows. Production refuses it, when its parameters are built and again when it is deployed.
@export()
func isPlaceholder(value string) bool =>
  empty(value) || contains(toLower(value), '.example') || contains(toLower(value), 'of-example') || contains(value, '00000000-0000-0000-0000-000000000000')

@export()
@description('The value, unless it is empty or a placeholder.')
func real(value string, what string) string => isPlaceholder(value) ? fail('${what} is empty or a placeholder') : value
