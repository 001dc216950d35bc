using System.Security.Cryptography;
using System.Text;
using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>Messages that failed for good are copied to the stuck list, byte for byte, because poison messages live only seven days.</summary>
public sealed class KeepPoison(IStuckStore stuck, IPoisonQueues queues, CityClock clock)
{
    public const string Kind = "poison";
    private const int MostCharacters = 64 * 1024;

    /// <returns>How many messages were found.</returns>
    public async Task<int> CollectAsync(CancellationToken cancel)
    {
        var found = await queues.ReceiveAsync(cancel);
        foreach (var message in found)
        {
            var text = Decode(message.Raw);
            await (text is null
                ? PutAsync(message.Queue, message.Raw, $"A message of queue {message.Queue} is not Base64 (SHA-256 {Hash(message.Raw)})", cancel)
                : PutAsync(message.Queue, text, $"A message of queue {message.Queue} failed for good", cancel));
            await queues.DeleteAsync(message, cancel);
        }

        return found.Count;
    }

    private Task PutAsync(string queue, string text, string reason, CancellationToken cancel) => stuck.PutAsync(
        new StuckItem($"{queue}:{Hash(text)[..16]}", Kind, reason, text.Length > MostCharacters ? text[..MostCharacters] : text, clock.Now.Utc), cancel);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string? Decode(string raw)
    {
        var bytes = new byte[raw.Length];
        try
        {
            return Convert.TryFromBase64String(raw, bytes, out var length) ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
