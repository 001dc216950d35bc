namespace Autopay.Payments.Rates;

/// <summary>A call that waits for its turn.</summary>
internal sealed class WaitingCall(string endpoint, (long Work, long Arrival) order)
    : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public string Endpoint => endpoint;

    public (long Work, long Arrival) Order => order;
}

/// <summary>
/// Those of one lane, by endpoint: a full endpoint stops no other one. Work that began first goes first, so that pages
/// which began together do not all wait for one endpoint, and then for the other.
/// </summary>
internal sealed class WaitingCalls
{
    private readonly Dictionary<string, PriorityQueue<WaitingCall, (long Work, long Arrival)>> queues = new(
        StringComparer.Ordinal
    );

    /// <summary>The first of each endpoint that still waits.</summary>
    public IEnumerable<WaitingCall> First =>
        queues.Values.Select(FirstOf).OfType<WaitingCall>().OrderBy(call => call.Order);

    public int Count => queues.Values.Sum(queue => queue.Count);

    public int CountOf(string endpoint) => queues.GetValueOrDefault(endpoint)?.Count ?? 0;

    public void Add(WaitingCall call)
    {
        if (!queues.TryGetValue(call.Endpoint, out var queue))
        {
            queues[call.Endpoint] = queue = new PriorityQueue<WaitingCall, (long Work, long Arrival)>();
        }

        queue.Enqueue(call, call.Order);
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
            while (queue.TryDequeue(out var call, out _))
            {
                call.TrySetResult(false);
            }
        }
    }

    private static WaitingCall? FirstOf(PriorityQueue<WaitingCall, (long Work, long Arrival)> queue)
    {
        while (queue.TryPeek(out var call, out _))
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
