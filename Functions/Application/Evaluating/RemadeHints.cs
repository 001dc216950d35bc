using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Ports.Runs;
using Autopay.Application.Runs;

namespace Autopay.Application.Evaluating;

/// <summary>
/// Knows of each kind of message what it asks for, whether the sweep asks for the same anew, and whether that is done
/// by now.
/// </summary>
public sealed class RemadeHints(
    IBucketScheduleStore schedules,
    IControlsStore controls,
    IProviderEventStore events,
    IImportStore imports,
    IReleaseStore releases,
    INoticeOutbox outbox,
    IRunStore runs,
    CityClock clock
)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <returns>A name of what it is about; null when it cannot be read, or points to nothing: then no sweep asks for
    /// it.</returns>
    public async Task<string?> SubjectOfAsync(string queue, string text, CancellationToken cancel) =>
        queue switch
        {
            QueueNames.Evaluate => BucketOf(text)?.ToString(),
            QueueNames.ProviderEvents => EventsOf(text) is { } bucket
                ? $"events of bucket {bucket.Number}"
                : (await EventOfAsync(text, cancel))?.Id,
            QueueNames.Runs => (await PlanOfAsync(text, cancel))?.Id ?? (await RunOfAsync(text, cancel))?.Id,
            QueueNames.Notices => NoticesOf(text) is { } bucket ? $"notices of bucket {bucket.Number}" : null,
            _ => (await ImportOfAsync(text, cancel))?.Id,
        };

    /// <returns>A sentence; null while the sweep would still ask for it.</returns>
    public async Task<string?> WhatIsDoneAsync(string queue, string text, CancellationToken cancel) =>
        queue switch
        {
            QueueNames.Evaluate => BucketOf(text) is { } bucket && !await IsWantedAsync(bucket, cancel)
                ? "the bucket was walked"
                : null,
            QueueNames.ProviderEvents => await AreSettledAsync(text, cancel) ? "the event was looked at" : null,
            QueueNames.Runs => await WhatRunIsDoneAsync(text, cancel),
            QueueNames.Notices => NoticesOf(text) is { } bucket
            && !await outbox.ReadAsync(bucket, NoticeWay.Email, cancel).AnyAsync(cancel)
                ? "the notices are sent"
                : null,
            _ => await ImportOfAsync(text, cancel) is { IsEnded: true } ? "the import is done" : null,
        };

    private async Task<bool> IsWantedAsync(Bucket bucket, CancellationToken cancel) =>
        (await schedules.ReadAsync(bucket, cancel)).IsWanted(
            (await controls.LoadAsync(cancel)).Controls.AccountsVersion,
            clock.Now.Utc
        );

    private async Task<bool> AreSettledAsync(string text, CancellationToken cancel) =>
        EventsOf(text) is { } bucket
            ? !await events.ReadOpenAsync(bucket, cancel).AnyAsync(cancel)
            : await EventOfAsync(text, cancel) is { State: not ProviderEventState.Stored };

    private static Bucket? BucketOf(string text) => Bucket.Find(Read<EvaluateMessage>(text)?.Bucket);

    private static Bucket? EventsOf(string text) => Bucket.Find(Read<ProviderEventMessage>(text)?.Bucket);

    private static Bucket? NoticesOf(string text) => Bucket.Find(Read<NoticeMessage>(text)?.Bucket);

    private async Task<ProviderEvent?> EventOfAsync(string text, CancellationToken cancel) =>
        Read<ProviderEventMessage>(text) is { EventId: { } id } ? await events.FindAsync(id, cancel) : null;

    private async Task<ImportRecord?> ImportOfAsync(string text, CancellationToken cancel) =>
        Read<ImportMessage>(text) is { } message ? await imports.FindAsync(message.ImportId, cancel) : null;

    private async Task<ReleasePlan?> PlanOfAsync(string text, CancellationToken cancel) =>
        Read<RunMessage>(text) is { ReleaseId: { } id } ? (await releases.FindAsync(id, cancel))?.Plan : null;

    private async Task<LongRun?> RunOfAsync(string text, CancellationToken cancel) =>
        Read<RunMessage>(text) is { RunId: { } id } ? (await runs.FindAsync(id, cancel))?.Run : null;

    private async Task<string?> WhatRunIsDoneAsync(string text, CancellationToken cancel) =>
        await PlanOfAsync(text, cancel) is { State: not PlanState.Planning } ? "the plan is made"
        : await RunOfAsync(text, cancel) is { Step: not RunStep.Going } ? "the run has ended"
        : null;

    private static T? Read<T>(string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
