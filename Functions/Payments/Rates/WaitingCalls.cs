namespace Autopay.Payments.Rates;

/// <summary>A call that waits for its turn.</summary>
internal sealed class WaitingCall(string endpoint, long arrival)
    : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public string Endpoint => endpoint;

    public long Arrival => arrival;
}

/// <summary>Those of one lane, by endpoint, in order of arrival: a full endpoint stops no other one.</summary>
internal sealed class WaitingCalls
{
    private readonly Dictionary<string, Queue<WaitingCall>> queues = new(StringComparer.Ordinal);

    /// <summary>The first of each endpoint that still waits.</summary>
    public IEnumerable<WaitingCall> First =>
        queues.Values.Select(FirstOf).OfType<WaitingCall>().OrderBy(call => call.Arrival);

    public int Count => queues.Values.Sum(queue => queue.Count);

    public int CountOf(string endpoint) => queues.GetValueOrDefault(endpoint)?.Count ?? 0;

    public void Add(WaitingCall call)
    {
        if (!queues.TryGetValue(call.Endpoint, out var queue))
        {
            queues[call.Endpoint] = queue = new Queue<WaitingCall>();
        }

        queue.Enqueue(call);
    }

    /// <summary>It leaves, unless it was given up meanwhile.</summary>
    public bool Take(WaitingCall call)
    {
        queues[call.Endpoint].Dequeue();
        return call.TrySetResult(true);
    }

    public void TurnAway()
    {
        foreach (var queue in queues.Values)
        {
            while (queue.TryDequeue(out var call))
            {
                call.TrySetResult(false);
            }
        }
    }

    private static WaitingCall? FirstOf(Queue<WaitingCall> queue)
    {
        while (queue.TryPeek(out var call))
        {
            if (!call.Task.IsCompleted)
            {
                return call;
            }

            queue.Dequeue();
        }

        return null;
    }
}
