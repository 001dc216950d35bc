using Autopay.Application.ProviderEvents;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation.Acts;

/// <summary>Where a call goes.</summary>
internal enum Port
{
    Table,
    Queue,
    Provider,
}

/// <summary>What goes wrong with one call.</summary>
internal enum Fault
{
    None,

    /// <summary>It never arrives; the caller sees an error or a timeout.</summary>
    LostBefore,

    /// <summary>It happens; the caller sees an error or a timeout.</summary>
    LostAfter,

    /// <summary>
    /// It happens, its answer is lost, and the client library repeats it: a success that looks like a conflict, a
    /// message that is there twice.
    /// </summary>
    Repeated,

    /// <summary>The provider answers 500, and again under the same key, without effect and with it.</summary>
    ErrorBefore,
    ErrorAfter,

    /// <summary>429: not asked at all.</summary>
    NotYet,
}

/// <summary>A call that leaves a worker.</summary>
internal abstract class Operation(Worker worker, Port port, string what)
{
    public Worker Worker => worker;

    public Port Port => port;

    public string What => what;

    public bool HasHappened { get; private set; }

    public void Happen(Fault fault)
    {
        HasHappened = true;
        Take(fault);
    }

    public abstract void Answer();

    public override string ToString() => $"  {worker.Name}: {what}";

    protected abstract void Take(Fault fault);
}

internal sealed class Operation<T>(Worker worker, Port port, string what, Func<Fault, T> effect)
    : Operation(worker, port, what)
{
    private readonly TaskCompletionSource<T> answer = new();
    private T? result;
    private Exception? failure;

    public Task<T> Task => answer.Task;

    public override void Answer()
    {
        if (failure is null)
        {
            answer.SetResult(result!);
        }
        else
        {
            answer.SetException(failure);
        }
    }

    protected override void Take(Fault fault)
    {
        try
        {
            result = effect(fault);
        }
        catch (Exception away) when (away is IOException or ProviderAwayException)
        {
            failure = away;
        }
    }
}

/// <summary>What goes wrong next. Every fault is armed by an act, so that a shrunk history has no other.</summary>
internal sealed class Faults
{
    private readonly List<(Port Port, Fault Fault, int After)> armed = [];
    private readonly Dictionary<Port, (Fault Fault, DateTimeOffset Until)> outages = [];

    /// <summary>Faults that hit something.</summary>
    public int Injected { get; private set; }

    public Func<DateTimeOffset> Now { get; set; } = () => default;

    public void Arm(Port port, Fault fault, int after) => armed.Add((port, fault, after));

    public void Away(Port port, Fault fault, DateTimeOffset until) => outages[port] = (fault, until);

    public void Clear()
    {
        armed.Clear();
        outages.Clear();
    }

    public Fault Next(Operation operation)
    {
        var fault = Hit(operation.Port);
        Injected += fault == Fault.None ? 0 : 1;
        return fault;
    }

    private Fault Hit(Port port)
    {
        if (outages.TryGetValue(port, out var outage) && outage.Until > Now())
        {
            return outage.Fault;
        }

        var index = armed.FindIndex(fault => fault.Port == port);
        if (index < 0)
        {
            return Fault.None;
        }

        var next = armed[index];
        armed[index] = next with { After = next.After - 1 };
        if (next.After > 0)
        {
            return Fault.None;
        }

        armed.RemoveAt(index);
        return next.Fault;
    }
}
