using System.Collections.Concurrent;
using System.Text.Json;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Telemetry;
using Azure.Storage.Queues.Models;

namespace Autopay.Storage.Messages;

/// <summary>Base64 messages that never expire by themselves.</summary>
public sealed class StorageWorkQueue(StorageClients clients) : IWorkQueue
{
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);
    private readonly ConcurrentDictionary<string, SendReceipt> watching = [];

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

    public async Task<bool> TryEnqueueLaterAsync(ImportMessage message, TimeSpan after, CancellationToken cancel)
    {
        var json = JsonSerializer.Serialize(message with { Trace = Tracing.Current }, LedgerJson.Default.ImportMessage);
        var sent = await TrySendAsync(QueueNames.Imports, json, after, cancel);
        if (sent is not null && message.Watches is { } run)
        {
            watching[run] = sent;
        }

        return sent is not null;
    }

    public async Task WithdrawAsync(string watchedRun, CancellationToken cancel)
    {
        if (!watching.TryRemove(watchedRun, out var sent))
        {
            return;
        }

        try
        {
            await clients.Queue(QueueNames.Imports).DeleteMessageAsync(sent.MessageId, sent.PopReceipt, cancel);
        }
        catch (Exception)
        {
            // It was seen meanwhile, or the service is away: whoever reads it finds the run ended.
        }
    }

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

    private async Task<bool> SendAsync(string queue, string json, TimeSpan? after, CancellationToken cancel) =>
        await TrySendAsync(queue, json, after, cancel) is not null;

    private async Task<SendReceipt?> TrySendAsync(string queue, string json, TimeSpan? after, CancellationToken cancel)
    {
        try
        {
            return await clients.Queue(queue).SendMessageAsync(json, after, Never, cancel);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            // Whatever the service, a gateway before it or its client makes of being away: a hint is never worth
            // failing for.
            return null;
        }
    }
}
