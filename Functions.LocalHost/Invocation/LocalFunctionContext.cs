using Microsoft.Azure.Functions.Worker;

namespace Autopay.LocalHost;

internal sealed class LocalFunctionContext : FunctionContext
{
    private readonly CancellationToken cancellationToken;

    public LocalFunctionContext(
        FunctionDescriptor function, InvocationInput input, string invocationId, IServiceProvider services, CancellationToken cancellationToken)
    {
        (Function, TriggerValue, InvocationId, InstanceServices) = (function, input.TriggerValue, invocationId, services);
        this.cancellationToken = cancellationToken;
        FunctionDefinition = new Definition(function.Name);
        BindingContext = new Bindings(input.BindingData);
        if (input.Http is { } http)
        {
            Items[FunctionContextExtensions.HttpContextKey] = http;
        }
    }

    public FunctionDescriptor Function { get; }

    public object? TriggerValue { get; }

    public object? Result { get; set; }

    public override string InvocationId { get; }

    public override FunctionDefinition FunctionDefinition { get; }

    public override BindingContext BindingContext { get; }

    public override IServiceProvider InstanceServices { get; set; }

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override CancellationToken CancellationToken => cancellationToken;

    private sealed class Definition(string name) : FunctionDefinition
    {
        public override string Name => name;
    }

    private sealed class Bindings(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }
}
