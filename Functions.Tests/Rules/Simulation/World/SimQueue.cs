using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Messages;
using Autopay.Tests.Rules.Simulation.Acts;

namespace Autopay.Tests.Rules.Simulation.World;

/// <summary>A message; every receive of it makes the receipts before it stale.</summary>
internal sealed class SimMessage(object body)
{
    public object Body => body;

    public DateTimeOffset VisibleAt { get; set; }

    public int Received { get; set; }

    /// <summary>The same in each run of a seed: the name of an import's run is not.</summary>
    public static string Tell(object body) =>
        $"{(body is ImportMessage { Watches: not null } import ? import with { Watches = "a run" } : body)}";
}

/// <summary>
/// At least once, in any order: a message that is being worked on is hidden for ten minutes, one whose work failed
/// comes again, and after five times it is poison.
/// </summary>
internal sealed class SimQueue(TimeProvider time)
{
    private const int MostReceives = 5;
    private static readonly TimeSpan Hide = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AfterAFailure = TimeSpan.FromSeconds(30);
    private readonly List<SimMessage> messages = [];
    private readonly List<SimMessage> poison = [];

    public IReadOnlyList<SimMessage> Poison => poison;

    /// <summary>When the next hidden message is there again.</summary>
    public DateTimeOffset? NextAt => messages.Count == 0 ? null : messages.Min(message => message.VisibleAt);

    public void Put(object body, TimeSpan after = default) =>
        messages.Add(new SimMessage(body) { VisibleAt = time.GetUtcNow() + after });

    public int CountVisible() => messages.Count(message => message.VisibleAt <= time.GetUtcNow());

    public SimMessage Receive(Random random)
    {
        var visible = messages.FindAll(message => message.VisibleAt <= time.GetUtcNow());
        var message = visible[random.Next(visible.Count)];
        (message.Received, message.VisibleAt) = (message.Received + 1, time.GetUtcNow() + Hide);
        return message;
    }

    /// <summary>False for a receipt that is stale: somebody else has it by now, or it is gone.</summary>
    public bool Delete(SimMessage message, int receipt) => message.Received == receipt && messages.Remove(message);

    public void Failed(SimMessage message, int receipt)
    {
        if (message.Received != receipt || !messages.Contains(message))
        {
            return;
        }

        message.VisibleAt = time.GetUtcNow() + AfterAFailure;
        if (receipt >= MostReceives)
        {
            messages.Remove(message);
            poison.Add(message);
        }
    }

    /// <summary>All gone, those that are being worked on too (I19).</summary>
    public void Empty() => messages.Clear();

    /// <summary>Everything is there once more.</summary>
    public void Repeat() =>
        messages.AddRange(
            messages.ConvertAll(message => new SimMessage(message.Body) { VisibleAt = time.GetUtcNow() })
        );

    public void Collected(SimMessage message) => poison.Remove(message);
}

internal sealed class SimWorkQueue(SimWorld world, Worker worker) : IWorkQueue
{
    // Buckets without any account are nobody's business here.
    public Task<bool> TryEnqueueAsync(EvaluateMessage message, CancellationToken cancel) =>
        TryEnqueueLaterAsync(message, TimeSpan.Zero, cancel);

    public Task<bool> TryEnqueueLaterAsync(EvaluateMessage message, TimeSpan after, CancellationToken cancel) =>
        world.IsUsed(new Bucket(message.Bucket)) ? PutAsync(message, cancel, after) : Task.FromResult(true);

    public Task<bool> TryEnqueueAsync(ProviderEventMessage message, TimeSpan after, CancellationToken cancel) =>
        PutAsync(message, cancel, after);

    public Task<bool> TryEnqueueAsync(ImportMessage message, CancellationToken cancel) => PutAsync(message, cancel);

    public Task<bool> TryEnqueueLaterAsync(ImportMessage message, TimeSpan after, CancellationToken cancel) =>
        PutAsync(message, cancel, after);

    public Task<bool> TryEnqueueAsync(RunMessage message, CancellationToken cancel) => PutAsync(message, cancel);

    // Its notices are sent by letter: nobody answers these messages.
    public Task<bool> TryEnqueueAsync(NoticeMessage message, CancellationToken cancel) => Task.FromResult(true);

    private Task<bool> PutAsync(object message, CancellationToken cancel, TimeSpan after = default) =>
        worker.AskAsync(
            Port.Queue,
            $"enqueue {SimMessage.Tell(message)}",
            fault =>
            {
                var isThere = fault is Fault.None or Fault.LostAfter or Fault.Repeated;
                for (var copies = 0; copies < (isThere ? 1 : 0) + (fault == Fault.Repeated ? 1 : 0); copies++)
                {
                    world.Queue.Put(message, after);
                }

                return fault is Fault.None or Fault.Repeated;
            },
            cancel
        );
}

internal sealed class SimPoisonQueues(SimWorld world, Worker worker) : IPoisonQueues
{
    public Task<IReadOnlyList<PoisonMessage>> ReceiveAsync(CancellationToken cancel) =>
        worker.AskAsync<IReadOnlyList<PoisonMessage>>(
            Port.Queue,
            "receive poison",
            fault => fault is Fault.None or Fault.Repeated ? [.. world.Queue.Poison.Select(ToPoison)] : [],
            cancel
        );

    public Task DeleteAsync(PoisonMessage message, CancellationToken cancel) =>
        worker.AskAsync(
            Port.Queue,
            "delete poison",
            fault =>
            {
                if (
                    fault == Fault.None
                    && world.Queue.Poison.FirstOrDefault(it => Text(it) == message.MessageId) is { } found
                )
                {
                    world.Queue.Collected(found);
                }

                return true;
            },
            cancel
        );

    private static PoisonMessage ToPoison(SimMessage message) =>
        new(
            QueueOf(message.Body),
            Convert.ToBase64String(
                JsonSerializer.SerializeToUtf8Bytes(message.Body, message.Body.GetType(), JsonSerializerOptions.Web)
            ),
            Text(message),
            ""
        );

    private static string Text(SimMessage message) => message.Body.ToString()!;

    private static string QueueOf(object body) =>
        body switch
        {
            EvaluateMessage => QueueNames.Evaluate,
            ProviderEventMessage => QueueNames.ProviderEvents,
            RunMessage => QueueNames.Runs,
            _ => QueueNames.Imports,
        };
}
