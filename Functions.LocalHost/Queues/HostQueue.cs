using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost;

/// <summary>A queue as the host sees it. Texts are read and moved as they are stored, so that one bad message cannot spoil a batch.</summary>
internal sealed class HostQueue(QueueClient client, QueueClient? poison, QueueOptions options, ILogger logger)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public QueueClient Client => client;

    public QueueOptions Options => options;

    public bool HasPoisonQueue => poison is not null;

    /// <summary>Null when the message is not what messageEncoding promises.</summary>
    public string? Decode(QueueMessage message)
    {
        if (options.MessageEncoding == QueueMessageEncoding.None)
        {
            return message.MessageText;
        }

        try
        {
            return StrictUtf8.GetString(Convert.FromBase64String(message.MessageText));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return null;
        }
    }

    public Task DeleteAsync(QueueMessage message, string popReceipt) =>
        UnlessGoneAsync(message, () => client.DeleteMessageAsync(message.MessageId, popReceipt));

    public Task ReleaseAsync(QueueMessage message, string popReceipt) =>
        UnlessGoneAsync(message, () => client.UpdateMessageAsync(message.MessageId, popReceipt, visibilityTimeout: options.VisibilityTimeout));

    /// <summary>The service's default of seven days is all that a poison message lives, on the real host too.</summary>
    public async Task MoveToPoisonAsync(QueueMessage message, string popReceipt, string why)
    {
        logger.MovedToPoison(message.MessageId, why, poison!.Name);
        await poison.CreateIfNotExistsAsync();
        await poison.SendMessageAsync(message.Body);
        await DeleteAsync(message, popReceipt);
    }

    public static bool IsGone(RequestFailedException exception) =>
        exception.Status == 404 || exception.ErrorCode == QueueErrorCode.PopReceiptMismatch;

    private async Task UnlessGoneAsync(QueueMessage message, Func<Task> request)
    {
        try
        {
            await request();
        }
        catch (RequestFailedException exception) when (IsGone(exception))
        {
            // Somebody else took or deleted it meanwhile; what the function did stands.
            logger.MessageGone(message.MessageId, exception.ErrorCode);
        }
    }
}
