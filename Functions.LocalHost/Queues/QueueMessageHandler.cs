using System.Globalization;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost;

internal sealed class QueueMessageHandler(FunctionDescriptor function, HostQueue queue, FunctionInvoker invoker, QueueLeases leases, ILogger logger)
{
    /// <summary>Never throws: a message that could not be finished is seen again when the time it is hidden for has passed.</summary>
    public async Task HandleAsync(QueueMessage message)
    {
        try
        {
            await TakeAsync(message);
        }
        catch (Exception exception)
        {
            logger.MessageUnfinished(exception, message.MessageId);
        }
    }

    private Task TakeAsync(QueueMessage message) => (queue.Decode(message), queue.HasPoisonQueue) switch
    {
        (null, true) => queue.MoveToPoisonAsync(message, message.PopReceipt, "is not Base64"),
        (null, false) => LeaveHiddenAsync(message),
        // A process that died while it ran the function has counted the try, but could not move the message.
        (_, true) when message.DequeueCount > queue.Options.MaxDequeueCount =>
            queue.MoveToPoisonAsync(message, message.PopReceipt, TooOften(message)),
        (var text, _) => RunAsync(message, text),
    };

    private async Task RunAsync(QueueMessage message, string text)
    {
        bool succeeded;
        var lease = leases.Hold(message);
        await using (lease)
        {
            succeeded = await invoker.TryInvokeAsync(function, Input(message, text), "queue message", CancellationToken.None);
        }

        await (succeeded ? queue.DeleteAsync(message, lease.PopReceipt) : AfterFailureAsync(message, lease.PopReceipt));
    }

    private Task AfterFailureAsync(QueueMessage message, string popReceipt) => queue.HasPoisonQueue switch
    {
        true when message.DequeueCount >= queue.Options.MaxDequeueCount => queue.MoveToPoisonAsync(message, popReceipt, TooOften(message)),
        true => queue.ReleaseAsync(message, popReceipt),
        false => LeaveHiddenAsync(message),
    };

    /// <summary>With nowhere to move it to, the time it is hidden for is what keeps a bad message from running in a tight loop.</summary>
    private Task LeaveHiddenAsync(QueueMessage message)
    {
        logger.LeftHidden(message.MessageId);
        return Task.CompletedTask;
    }

    private static string TooOften(QueueMessage message) => $"failed {message.DequeueCount} times";

    private static InvocationInput Input(QueueMessage message, string text) => new(text, Data(message, text));

    private static Dictionary<string, object?> Data(QueueMessage message, string text) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["QueueTrigger"] = text,
        ["Id"] = message.MessageId,
        ["PopReceipt"] = message.PopReceipt,
        ["DequeueCount"] = message.DequeueCount.ToString(CultureInfo.InvariantCulture),
        ["InsertionTime"] = message.InsertedOn?.ToString("O", CultureInfo.InvariantCulture),
        ["ExpirationTime"] = message.ExpiresOn?.ToString("O", CultureInfo.InvariantCulture),
        ["NextVisibleTime"] = message.NextVisibleOn?.ToString("O", CultureInfo.InvariantCulture),
    };
}
