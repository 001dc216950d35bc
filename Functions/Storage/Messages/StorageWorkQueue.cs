using System.Text.Json;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Telemetry;

namespace Autopay.Storage.Messages;

/// <summary>Base64 messages that never expire by themselves.</summary>
public sealed class StorageWorkQueue(StorageClients clients) : IWorkQueue
{
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);

    public Task<bool> TryEnqueueAsync(EvaluateMessage message, CancellationToken cancel) =>
        TryEnqueueLaterAsync(message, TimeSpan.Zero, cancel);

    public Task<bool> TryEnqueueLaterAsync(EvaluateMessage message, TimeSpan after, CancellationToken cancel) =>
        SendAsync(
            QueueNames.Evaluate,
            JsonSerializer.Serialize(message with { Trace = Tracing.Current }, LedgerJson.Default.EvaluateMessage),
            after,
            cancel
        );

    public Task<bool> TryEnqueueAsync(ProviderEventMessage message, TimeSpan after, CancellationToken cancel) =>
        SendAsync(
            QueueNames.ProviderEvents,
            JsonSerializer.Serialize(message with { Trace = Tracing.Current }, LedgerJson.Default.ProviderEventMessage),
            after,
            cancel
        );

    public Task<bool> TryEnqueueAsync(ImportMessage message, CancellationToken cancel) =>
        TryEnqueueLaterAsync(message, TimeSpan.Zero, cancel);

    public Task<bool> TryEnqueueLaterAsync(ImportMessage message, TimeSpan after, CancellationToken cancel) =>
        SendAsync(
            QueueNames.Imports,
            JsonSerializer.Serialize(message with { Trace = Tracing.Current }, LedgerJson.Default.ImportMessage),
            after,
            cancel
        );

    public Task<bool> TryEnqueueAsync(RunMessage message, CancellationToken cancel) =>
        SendAsync(
            QueueNames.Runs,
            JsonSerializer.Serialize(message with { Trace = Tracing.Current }, LedgerJson.Default.RunMessage),
            null,
            cancel
        );

    public Task<bool> TryEnqueueAsync(NoticeMessage message, CancellationToken cancel) =>
        SendAsync(
            QueueNames.Notices,
            JsonSerializer.Serialize(message with { Trace = Tracing.Current }, LedgerJson.Default.NoticeMessage),
            null,
            cancel
        );

    private async Task<bool> SendAsync(string queue, string json, TimeSpan? after, CancellationToken cancel)
    {
        try
        {
            await clients.Queue(queue).SendMessageAsync(json, after, Never, cancel);
            return true;
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            // Whatever the service, a gateway before it or its client makes of being away: a hint is never worth
            // failing for.
            return false;
        }
    }
}
