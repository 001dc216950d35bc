using Autopay.Tests.Fixtures;
using Azure.Storage.Queues;

namespace Autopay.Tests.LocalHost;

/// <summary>Messages that wait in the queue before the host starts.</summary>
internal static class QueueSeed
{
    public static async Task<QueueClient> SendAsync(AzuriteFixture azurite, TestHostSetup setup, params string[] texts)
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        var queue = new QueueClient(await azurite.ConnectionStringAsync(), setup.QueueName, options);
        await queue.CreateAsync();
        foreach (var text in texts)
        {
            await queue.SendMessageAsync(text);
        }

        return queue;
    }
}
