using System.Security.Cryptography;
using System.Text;
using Autopay.Application.Evaluating;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;

namespace Autopay.Application.Stuck;

/// <summary>What was found in the poison queues.</summary>
/// <param name="Hints">The sweep makes them anew.</param>
/// <param name="ForPeople">Nobody does.</param>
public sealed record CollectedPoison(int Hints, int ForPeople);

/// <summary>
/// Messages that failed for good are copied to the poison table, byte for byte, because poison messages live only seven
/// days. A hint that the sweep makes anew is closed by itself when what it asked for is done; only a message that
/// cannot be read, or that points to nothing, needs a person.
/// </summary>
public sealed class CollectPoisonMessages(IStuckStore stuck, IPoisonQueues queues, RemadeHints remade, CityClock clock)
{
    public const string Kind = "poison";

    /// <summary>Of messages that the sweep makes anew.</summary>
    public const string HintKind = "hint";

    private const int MostCharacters = 64 * 1024;
    private const int MostRounds = 50;

    public async Task<CollectedPoison> CollectAsync(CancellationToken cancel)
    {
        var (hints, others) = (0, 0);
        for (var round = 0; round < MostRounds && await queues.ReceiveAsync(cancel) is { Count: > 0 } found; round++)
        {
            foreach (var message in found)
            {
                var item = await ToItemAsync(message, cancel);
                await stuck.PutAsync(item, cancel);
                await queues.DeleteAsync(message, cancel);
                (hints, others) = item.Kind == HintKind ? (hints + 1, others) : (hints, others + 1);
            }
        }

        await (hints > 0 ? CloseWhatIsDoneAsync(cancel) : Task.CompletedTask);
        return new CollectedPoison(hints, others);
    }

    /// <summary>Hints whose work is done leave the list; their content stays.</summary>
    public async Task CloseWhatIsDoneAsync(CancellationToken cancel)
    {
        await foreach (var item in stuck.ReadAllAsync(cancel))
        {
            if (item.Kind == HintKind && await remade.WhatIsDoneAsync(QueueOf(item), item.Content, cancel) is { } done)
            {
                await stuck.TryCloseAsync(item.Id, StuckClosing.Resolved, clock.Authority("autopay", done), cancel);
            }
        }
    }

    /// <summary>The queue that it was meant for.</summary>
    public static string QueueOf(StuckItem item) => item.Id.Split(':')[0];

    private async Task<StuckItem> ToItemAsync(PoisonMessage message, CancellationToken cancel)
    {
        var (queue, text) = (message.Queue, Decode(message.Raw));
        if (text is null)
        {
            return New(
                queue,
                Hash(message.Raw)[..16],
                Kind,
                $"A message of queue {queue} is not Base64 (SHA-256 {Hash(message.Raw)})",
                message.Raw
            );
        }

        // The time makes it another reason each time: what a person discarded once must not hide what fails later.
        return await remade.SubjectOfAsync(queue, text, cancel) is { } subject
            ? New(
                queue,
                subject,
                HintKind,
                $"A message of queue {queue} failed for good at {clock.Now.Utc:u}; the sweep asks for it again, "
                    + "and it leaves the list when it is done",
                text
            )
            : New(
                queue,
                Hash(text)[..16],
                Kind,
                $"A message of queue {queue} failed for good, and nothing asks for it again",
                text
            );
    }

    private StuckItem New(string queue, string id, string kind, string reason, string text) =>
        new($"{queue}:{id}", kind, reason, text.Length > MostCharacters ? text[..MostCharacters] : text, clock.Now.Utc);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string? Decode(string raw)
    {
        var bytes = new byte[raw.Length];
        try
        {
            return Convert.TryFromBase64String(raw, bytes, out var length)
                ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length)
                : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
