using System.Security.Cryptography;
using System.Text;
using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>A message that failed for good: copied to the stuck list at once, because poison messages live only seven days.</summary>
public sealed class KeepPoison(IStuckStore stuck, CityClock clock)
{
    public Task RunAsync(string queue, string message, CancellationToken cancel)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message)));
        return stuck.PutAsync(new StuckItem($"{queue}:{hash[..16]}", "poison", $"A message of queue {queue} failed for good", message, clock.Now.Utc), cancel);
    }
}
