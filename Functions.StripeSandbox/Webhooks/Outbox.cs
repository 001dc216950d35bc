using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Webhooks;

/// <summary>
/// Which event still has to reach which endpoint, and when it is tried next. All of it inside the state's steps.
/// </summary>
internal sealed class Outbox
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(12);
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(3);

    private readonly SandboxState state;
    private readonly SandboxClock clock;
    private readonly SandboxOptions options;
    private readonly List<WebhookTarget> targets;
    private readonly PriorityQueue<string, (DateTimeOffset DueAt, int Sequence)> queue = new();
    private Random random;
    private int sequence;
    private int announced;

    public Outbox(SandboxState state, SandboxClock clock, SandboxOptions options)
    {
        this.state = state;
        this.clock = clock;
        this.options = options;
        targets = [.. options.Webhooks];
        random = new Random(options.Seed);
        foreach (var waiting in state.Deliveries.All().Where(delivery => delivery.Outcome == DeliveryOutcome.Waiting))
        {
            Enqueue(waiting.Id, clock.Now);
        }
    }

    public DeliveryMode Mode { get; private set; } = new();

    /// <summary>Set when there may be something to send before the next tick.</summary>
    public SemaphoreSlim Signal { get; } = new(0, 1);

    public void Wake()
    {
        lock (Signal)
        {
            if (Signal.CurrentCount == 0)
            {
                Signal.Release();
            }
        }
    }

    public StripeEvent Announce(StripeEvent written)
    {
        var wanting = targets.Where(target => target.Wants(written.Type)).ToList();
        foreach (var target in wanting)
        {
            var outcome = IsDropped(written.Type) ? DeliveryOutcome.Dropped : DeliveryOutcome.Waiting;
            var delivery = state.Deliveries.Put(
                new Delivery(IdOf(written.Id, target), written.Id, target.Url, outcome)
            );
            if (outcome == DeliveryOutcome.Waiting)
            {
                Enqueue(delivery.Id, clock.Now);
            }
        }
        return written with { PendingWebhooks = wanting.Count };
    }

    public void Add(WebhookTarget target)
    {
        targets.RemoveAll(known => known.Url == target.Url);
        targets.Add(target);
        Wake();
    }

    public void RemoveTargets() => targets.Clear();

    public void Behave(DeliveryMode mode)
    {
        Mode = mode;
        random = new Random(options.Seed);
        announced = 0;
        Wake();
    }

    /// <summary>What is due, or with `all` everything that waits, copied and shuffled as the mode says.</summary>
    public IReadOnlyList<Parcel> Take(bool all, DeliveryMode mode)
    {
        var ids = new List<string>();
        while ((all || !Mode.Hold) && queue.TryPeek(out var id, out var order) && (all || order.DueAt <= clock.Now))
        {
            queue.Dequeue();
            if (state.Deliveries.Find(id) is { Outcome: DeliveryOutcome.Waiting })
            {
                ids.Add(id);
            }
        }
        return Pack(ids, mode);
    }

    public IReadOnlyList<Parcel> Again(IEnumerable<StripeEvent> events)
    {
        var wanted = events
            .SelectMany(written =>
                targets.Where(target => target.Wants(written.Type)).Select(target => (written, target))
            )
            .ToList();
        foreach (
            var (written, target) in wanted.Where(pair =>
                state.Deliveries.Find(IdOf(pair.written.Id, pair.target)) is null
            )
        )
        {
            state.Deliveries.Put(
                new Delivery(IdOf(written.Id, target), written.Id, target.Url, DeliveryOutcome.Waiting)
            );
        }
        return Pack([.. wanted.Select(pair => IdOf(pair.written.Id, pair.target))], Mode);
    }

    public void Record(string deliveryId, bool acknowledged)
    {
        var delivery = state.Deliveries.Find(deliveryId)!;
        if (delivery.Outcome == DeliveryOutcome.Acknowledged)
        {
            return;
        }
        var written = state.Events.Find(delivery.Event)!;
        var outcome = acknowledged ? DeliveryOutcome.Acknowledged : AfterFailure(delivery, written);
        state.Deliveries.Put(delivery with { Outcome = outcome, Attempts = delivery.Attempts + 1 });
        if (acknowledged)
        {
            state.Events.Put(written with { PendingWebhooks = Math.Max(0, written.PendingWebhooks - 1) });
        }
    }

    public OutboxReport Report()
    {
        var outcomes = state.Deliveries.All().CountBy(delivery => delivery.Outcome).ToDictionary();
        return new OutboxReport(
            [
                .. targets.Select(target => new EndpointReport(
                    target.Url,
                    target.Secrets.Count,
                    target.ApiVersion,
                    target.Events
                )),
            ],
            Mode,
            outcomes.GetValueOrDefault(DeliveryOutcome.Waiting),
            outcomes.GetValueOrDefault(DeliveryOutcome.Acknowledged),
            outcomes.GetValueOrDefault(DeliveryOutcome.Dropped),
            outcomes.GetValueOrDefault(DeliveryOutcome.Failed)
        );
    }

    private DeliveryOutcome AfterFailure(Delivery delivery, StripeEvent written)
    {
        if (delivery.Outcome == DeliveryOutcome.Dropped || clock.UnixNow - written.Created > GivenUpAfter.TotalSeconds)
        {
            return delivery.Outcome == DeliveryOutcome.Dropped ? DeliveryOutcome.Dropped : DeliveryOutcome.Failed;
        }
        var wait = options.WebhookRetryAfter * Math.Pow(2, Math.Min(delivery.Attempts, 20));
        Enqueue(delivery.Id, clock.Now + (wait < LongestWait ? wait : LongestWait));
        return DeliveryOutcome.Waiting;
    }

    private List<Parcel> Pack(List<string> ids, DeliveryMode mode)
    {
        var parcels = ids.Select(state.Deliveries.Find)
            .OfType<Delivery>()
            .Select(Parcel)
            .OfType<Parcel>()
            .SelectMany(parcel => Enumerable.Repeat(parcel, Math.Max(1, mode.Copies)))
            .ToArray();
        if (mode.Shuffle)
        {
            random.Shuffle(parcels);
        }
        return [.. parcels];
    }

    private Parcel? Parcel(Delivery delivery) =>
        targets.Find(target => target.Url == delivery.Url) is { } target
            ? new Parcel(delivery.Id, state.Events.Find(delivery.Event)!, target)
            : null;

    private bool IsDropped(string type)
    {
        announced++;
        return Mode.DropTypes.Any(dropped => EventTypes.Match(type, dropped))
            || (Mode.DropEvery is { } every && announced % every == 0);
    }

    private void Enqueue(string deliveryId, DateTimeOffset dueAt)
    {
        queue.Enqueue(deliveryId, (dueAt, sequence++));
        Wake();
    }

    private static string IdOf(string eventId, WebhookTarget target) => $"{eventId}|{target.Url}";
}
