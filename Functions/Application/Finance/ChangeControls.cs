using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;

namespace Autopay.Application.Finance;

/// <summary>
/// Finance changes a control: the change, who, why and when are saved with it, then every bucket is asked to look
/// again.
/// </summary>
public sealed class ChangeControls(IControlsStore store, SendHints hints, CityClock clock)
{
    private const int Tries = 10;

    /// <exception cref="RefusedException">The change contradicts what is in force; nothing changed.</exception>
    public async Task<Controls> RunAsync(ControlChange change, Authority authority, CancellationToken cancel)
    {
        RefuseFutureWatermarks(change);
        for (var tries = 0; tries < Tries; tries++)
        {
            var before = await store.LoadAsync(cancel);
            var after = before.Controls.Change(change, authority);
            if (ReferenceEquals(after, before.Controls))
            {
                return after;
            }

            if (await store.TrySaveAsync(before, after, change, authority, cancel))
            {
                // Only hints: a bucket whose last complete walk saw an older version is walked by the sweep anyway.
                await hints.RunAsync([
                    .. Bucket.All.Select(bucket => new EvaluateMessage(
                        bucket.Number,
                        $"controls version {after.Version}: {authority.Why}"
                    )),
                ]);
                return after;
            }
        }

        throw new RefusedException(
            "The city's controls are being changed by somebody else; look at them and try again."
        );
    }

    /// <summary>Nobody can have entered what is received tomorrow (R35).</summary>
    /// <exception cref="RefusedException">The change says that somebody has.</exception>
    public void RefuseFutureWatermarks(ControlChange change)
    {
        var through = (change as BacklogCleared)?.ReceivedThrough ?? (change as BacklogClearing)?.ReceivedThrough;
        if (
            through is { } channels
            && channels.FirstOrDefault(channel => channel.Value > clock.Now.Today)
                is { Key: { } channel, Value: var day }
        )
        {
            throw new RefusedException($"receivedThrough of {channel} is {day:yyyy-MM-dd}: that is after today.");
        }
    }
}
