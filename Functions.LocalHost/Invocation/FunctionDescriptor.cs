using System.Reflection;

namespace Autopay.LocalHost;

internal sealed record FunctionDescriptor(string Name, MethodInfo Method, Attribute Trigger, IReadOnlyList<ParameterBinder> Parameters);
