using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation.Acts;

/// <summary>
/// The only thread there is. Whatever a worker awaits outside of itself is an operation here, and a seeded choice says
/// which of them goes on: it happens, and later, perhaps after others, its caller hears of it.
/// </summary>
internal sealed class Scheduler : SynchronizationContext
{
    private readonly List<Operation> operations = [];
    private readonly Queue<(SendOrPostCallback Callback, object? State)> posted = [];

    public Random Random { get; private set; } = new(0);

    public Faults Faults { get; } = new();

    /// <summary>Steps taken: operations that happened or were answered.</summary>
    public long Steps { get; private set; }

    /// <summary>What happened, for a person; null while nobody reads it.</summary>
    public List<string>? Story { get; set; }

    public IEnumerable<Operation> Pending => operations;

    public override void Post(SendOrPostCallback d, object? state) => posted.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>From here on everything random follows from these.</summary>
    public void Reseed(int seed, int number) => Random = new Random(unchecked((seed * 7919) + (number * 104_729)));

    public void Tell(string line) => Story?.Add(line);

    public Task<T> AskAsync<T>(Worker worker, Port port, string what, Func<Fault, T> effect)
    {
        var operation = new Operation<T>(worker, port, what, effect);
        operations.Add(operation);
        return operation.Task;
    }

    /// <summary>Runs something on this thread, as the context of everything that it awaits.</summary>
    public void Run(Action action)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
            Drain();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>One step of one operation of a worker that is awake; false when there is none.</summary>
    public bool TryStep(Func<Worker, bool> isAwake)
    {
        var ready = operations.FindAll(operation => isAwake(operation.Worker));
        if (ready.Count == 0)
        {
            return false;
        }

        Take(ready[Random.Next(ready.Count)]);
        return true;
    }

    /// <summary>The worker is gone: what it asked for may still happen, and nobody hears of it.</summary>
    public void Abandon(Worker worker)
    {
        foreach (var operation in operations.FindAll(operation => operation.Worker == worker))
        {
            operations.Remove(operation);
            if (!operation.HasHappened && Random.Next(2) == 0)
            {
                operation.Happen(Fault.None);
            }
        }
    }

    private void Take(Operation operation)
    {
        Steps++;
        if (!operation.HasHappened)
        {
            var fault = Faults.Next(operation);
            operation.Happen(fault);
            Tell($"{operation}{(fault == Fault.None ? "" : $" !! {fault}")}");
            if (Random.Next(3) == 0)
            {
                return; // Its answer is under way.
            }
        }

        operations.Remove(operation);
        operation.Answer();
        Drain();
    }

    private void Drain()
    {
        while (posted.TryDequeue(out var next))
        {
            next.Callback(next.State);
        }
    }
}
