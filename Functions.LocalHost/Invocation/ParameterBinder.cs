namespace Autopay.LocalHost;

internal delegate object? ParameterBinder(LocalFunctionContext context);
