using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Autopay.Tests.Rules.Simulation.Acts;

namespace Autopay.Tests.Rules.Simulation.World;

/// <summary>
/// A port whose every call is an operation of the scheduler. Behind it is a scratch store, which answers at once.
/// </summary>
[SuppressMessage("Performance", "CA1852", Justification = "The proxy derives from it.")]
internal class SteppedPort<TPort> : DispatchProxy
    where TPort : class
{
    // A lost answer after which the client library repeats an insert or a guarded update looks like somebody else's
    // success.
    private static readonly string[] AnswersNo = ["TryCreateAsync", "TryAddAsync", "TryWriteAsync"];
    private static readonly MethodInfo Ask = typeof(SteppedPort<TPort>).GetMethod(
        nameof(AskAsync),
        BindingFlags.NonPublic | BindingFlags.Instance
    )!;
    private static readonly MethodInfo List = typeof(SteppedPort<TPort>).GetMethod(
        nameof(ListAsync),
        BindingFlags.NonPublic | BindingFlags.Instance
    )!;
    private static readonly ConcurrentDictionary<MethodInfo, Way> Ways = new();
    private TPort inner = null!;
    private Worker worker = null!;

    private delegate object Way(SteppedPort<TPort> port, MethodInfo method, object?[]? args);

    public static TPort Over(TPort inner, Worker worker)
    {
        var proxy = Create<TPort, SteppedPort<TPort>>();
        var stepped = (SteppedPort<TPort>)(object)proxy;
        (stepped.inner, stepped.worker) = (inner, worker);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        Ways.GetOrAdd(targetMethod!, WayOf)(this, targetMethod!, args);

    private static Way WayOf(MethodInfo method)
    {
        var returns = method.ReturnType;
        if (returns == typeof(Task))
        {
            return (port, called, args) => port.AskAsync<bool>(called, args);
        }

        var answers = returns.GetGenericTypeDefinition() == typeof(Task<>) ? Ask : List;
        return answers.MakeGenericMethod(returns.GenericTypeArguments).CreateDelegate<Way>();
    }

    private Task<T> AskAsync<T>(MethodInfo method, object?[]? args) =>
        worker.AskAsync(
            Port.Table,
            method.Name,
            fault =>
            {
                ThrowIf(fault == Fault.LostBefore);
                var task = (Task)method.Invoke(inner, args)!;
                ThrowIf(fault == Fault.LostAfter);
                return fault == Fault.Repeated && AnswersNo.Contains(method.Name) ? default!
                    : task is Task<T> answer ? answer.Result
                    : default!;
            },
            TokenOf(args)
        );

    private async IAsyncEnumerable<T> ListAsync<T>(MethodInfo method, object?[]? args)
    {
        var items = await worker.AskAsync(Port.Table, method.Name, Read, TokenOf(args));
        foreach (var item in items)
        {
            yield return item;
        }

        List<T> Read(Fault fault)
        {
            ThrowIf(fault is Fault.LostBefore or Fault.LostAfter);
            return ((IAsyncEnumerable<T>)method.Invoke(inner, args)!).ToListAsync().AsTask().Result;
        }
    }

    private static CancellationToken TokenOf(object?[]? args) =>
        args?.OfType<CancellationToken>().FirstOrDefault() ?? CancellationToken.None;

    private static void ThrowIf(bool away)
    {
        if (away)
        {
            throw new IOException("storage is away");
        }
    }
}
