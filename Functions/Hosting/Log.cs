using Autopay.Application.Backups;
using Autopay.Application.Evaluating;
using Autopay.Application.Notifying;
using Autopay.Application.Reconciling;
using Autopay.Application.Runs;
using Microsoft.Extensions.Logging;

namespace Autopay.Hosting;

/// <summary>
/// Everything that the app logs. No personal data, no account numbers: ids of messages, buckets and events only.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Bucket {Bucket} walked: {Cause}")]
    public static partial void BucketWalked(this ILogger logger, int bucket, string cause);

    [LoggerMessage(2, LogLevel.Information, "Bucket {Bucket} is asked for again: it is being walked, or not done yet")]
    public static partial void BucketBusy(this ILogger logger, int bucket);

    [LoggerMessage(
        3,
        LogLevel.Information,
        "Sweep: {Buckets} buckets, {Events} events and {Imports} imports asked for again"
    )]
    private static partial void Swept(ILogger logger, int buckets, int events, int imports);

    public static void Swept(this ILogger logger, SweepResult result)
    {
        Swept(logger, result.Buckets, result.Events, result.Imports);
        if (result.Poison.ForPeople > 0)
        {
            logger.Poisoned(result.Poison.ForPeople);
        }

        if (result.Poison.Hints > 0)
        {
            logger.HintsFailed(result.Poison.Hints);
        }
    }

    [LoggerMessage(4, LogLevel.Information, "Import {Import} is done")]
    public static partial void ImportDone(this ILogger logger, string import);

    [LoggerMessage(5, LogLevel.Information, "Import {Import} waits for one that arrived before it")]
    public static partial void ImportWaits(this ILogger logger, string import);

    [LoggerMessage(6, LogLevel.Warning, "A webhook was refused: {Reason}")]
    public static partial void WebhookRefused(this ILogger logger, string reason);

    [LoggerMessage(7, LogLevel.Error, "{Count} messages failed for good and are on the stuck list")]
    public static partial void Poisoned(this ILogger logger, int count);

    [LoggerMessage(8, LogLevel.Error, "Unhandled failure in {Function}")]
    public static partial void Unhandled(this ILogger logger, string function, Exception failure);

    [LoggerMessage(
        60,
        LogLevel.Information,
        "{Function} was cancelled: it is told to end, took too long, or nobody waits for its answer any more"
    )]
    public static partial void Cancelled(this ILogger logger, string function);

    [LoggerMessage(61, LogLevel.Error, "The storage is not prepared, which is tried again: {Problem}")]
    public static partial void StorageNotPrepared(this ILogger logger, string problem);

    [LoggerMessage(62, LogLevel.Warning, "{Function} did not run: {Why}")]
    public static partial void NotPrepared(this ILogger logger, string function, string why);

    [LoggerMessage(
        63,
        LogLevel.Warning,
        "{Count} hints failed for good; the sweep asks for them again, and they leave the list when that is done"
    )]
    public static partial void HintsFailed(this ILogger logger, int count);

    [LoggerMessage(30, LogLevel.Warning, "{Function} was refused with {Status}: {Reason}")]
    public static partial void AccessDenied(this ILogger logger, string function, int status, string reason);

    [LoggerMessage(31, LogLevel.Critical, "{Function} did not run, the app is not set up completely: {Missing}")]
    public static partial void GateClosed(this ILogger logger, string function, string missing);

    [LoggerMessage(76, LogLevel.Error, "Nobody is let in: the authority's keys cannot be read ({Why})")]
    public static partial void AuthorityAway(this ILogger logger, string why);

    [LoggerMessage(32, LogLevel.Information, "Stripe's secrets are read from the vault, and are others than before")]
    public static partial void SecretsRead(this ILogger logger);

    [LoggerMessage(33, LogLevel.Error, "Stripe's secrets in the vault are not taken, the last good ones stay: {Why}")]
    public static partial void SecretsNotTaken(this ILogger logger, string why);

    [LoggerMessage(34, LogLevel.Error, "The vault does not give Stripe's secrets, the last good ones stay: {Why}")]
    public static partial void VaultAway(this ILogger logger, string why);

    [LoggerMessage(35, LogLevel.Error, "The vault does not give the mail server's password: {Why}")]
    public static partial void MailPasswordAway(this ILogger logger, string why);

    [LoggerMessage(
        40,
        LogLevel.Information,
        "Reconcile {Run}: {State}, {Theirs} of theirs, {Ours} of ours, {Differences} differ, {Cured} cured, "
            + "{Orphans} orphans cancelled, {Missed} events missed"
    )]
    private static partial void Reconciled(
        this ILogger logger,
        string run,
        RunState state,
        int theirs,
        int ours,
        int differences,
        int cured,
        int orphans,
        int missed
    );

    [LoggerMessage(41, LogLevel.Error, "Reconcile {Run} failed: {Failure}")]
    private static partial void ReconcileFailed(this ILogger logger, string run, string failure);

    [LoggerMessage(42, LogLevel.Error, "Reconcile {Run}: {Differences} differences with the provider")]
    private static partial void ReconcileDiffers(this ILogger logger, string run, int differences);

    [LoggerMessage(43, LogLevel.Information, "Invariants {Run} hold over {Accounts} accounts")]
    private static partial void InvariantsHold(this ILogger logger, string run, int accounts);

    [LoggerMessage(
        44,
        LogLevel.Critical,
        "Invariants {Run}: {Broken} broken, {Violations} violations; charging is halted"
    )]
    private static partial void InvariantsBroken(this ILogger logger, string run, string broken, int violations);

    [LoggerMessage(
        45,
        LogLevel.Error,
        "Invariants {Run}: {Broken} not in order, {Violations} findings; charging goes on"
    )]
    private static partial void InvariantsIncomplete(this ILogger logger, string run, string broken, int violations);

    [LoggerMessage(
        50,
        LogLevel.Information,
        "Backup {Backup} is whole: {Rows} rows, {Accounts} accounts, {Torn} of them torn"
    )]
    private static partial void Exported(this ILogger logger, string backup, long rows, int accounts, int torn);

    [LoggerMessage(77, LogLevel.Information, "{Gone} raw events were old enough, and are deleted")]
    public static partial void EventsExpired(this ILogger logger, int gone);

    [LoggerMessage(78, LogLevel.Information, "The authorisations of {Gone} accounts ended long ago, and are forgotten")]
    public static partial void AuthorisationsExpired(this ILogger logger, int gone);

    [LoggerMessage(51, LogLevel.Information, "{Gone} older backups deleted")]
    public static partial void Pruned(this ILogger logger, int gone);

    [LoggerMessage(52, LogLevel.Error, "Run {Run} ({Kind}) failed")]
    public static partial void RunFailed(this ILogger logger, Exception failure, string run, RunKind kind);

    public static void Exported(this ILogger logger, BackupManifest manifest) =>
        logger.Exported(manifest.Id, manifest.Rows, manifest.Sums.Accounts, manifest.Tables.Sum(table => table.Torn));

    public static void Reconciled(this ILogger logger, ReconcileReport report)
    {
        logger.Reconciled(
            report.Id,
            report.State,
            report.Theirs,
            report.Ours,
            report.DifferenceCount,
            report.Cured,
            report.OrphansCancelled,
            report.MissedEvents
        );
        if (report.State == RunState.Failed)
        {
            logger.ReconcileFailed(report.Id, report.Failure!);
        }
        else if (report.State == RunState.Differs)
        {
            logger.ReconcileDiffers(report.Id, report.DifferenceCount);
        }
    }

    public static void InvariantsChecked(this ILogger logger, InvariantReport report)
    {
        if (report.Holds)
        {
            logger.InvariantsHold(report.Id, report.Accounts);
        }
        else if (report.Invariants.Any(CheckInvariants.Halts))
        {
            logger.InvariantsBroken(report.Id, BrokenOf(report), report.ViolationCount);
        }
        else
        {
            logger.InvariantsIncomplete(report.Id, BrokenOf(report), report.ViolationCount);
        }
    }

    private static string BrokenOf(InvariantReport report) =>
        string.Join(", ", report.Invariants.Where(result => !result.Holds).Select(result => result.Id));

    [LoggerMessage(64, LogLevel.Information, "The plan of release {Release} is made")]
    public static partial void PlanMade(this ILogger logger, string release);

    public static void NoticesSent(this ILogger logger, int bucket, NoticeTally tally)
    {
        if (tally != default)
        {
            logger.NoticesSent(bucket, tally.Sent, tally.Failed, tally.Dropped, tally.Waiting);
        }
    }

    [LoggerMessage(
        74,
        LogLevel.Information,
        "Notices of bucket {Bucket}: {Sent} sent, {Failed} refused, {Dropped} with nothing to tell, {Waiting} not now"
    )]
    private static partial void NoticesSent(
        this ILogger logger,
        int bucket,
        int sent,
        int failed,
        int dropped,
        int waiting
    );

    [LoggerMessage(75, LogLevel.Warning, "No notice is sent: {Why}")]
    public static partial void MailAway(this ILogger logger, string why);
}
