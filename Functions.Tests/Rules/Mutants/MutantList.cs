namespace Autopay.Tests.Rules.Mutants;

/// <summary>L7: what a tired person might write. Each is one way to charge twice, never, or too much.</summary>
internal static class MutantList
{
    private const string Ledgers = "Functions/Storage/Ledgers/TableLedgerStore.cs";
    private const string Steps = "Functions/Application/Charging/ProviderSteps.cs";
    private const string Charge = "Functions/Application/Charging/ChargeDebits.cs";
    private const string Writer = "Functions/Application/Ledgers/LedgerWriter.cs";
    private const string Stripe = "Functions/Payments/StripePaymentProvider.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        .. Storing,
        .. Charging,
        .. Asking,
        .. Hearing,
        .. Walking,
        .. Hosting,
        .. Counting,
        .. StepMutants.All,
        .. GivingBack,
        .. ListMutants.All,
        .. GateMutants.All,
        .. ImportMutants.All,
        .. RuleMutants.All,
        .. FinanceMutants.All.Concat(CertificateMutants.All),
        .. AlarmMutants.All.Concat(SignOffMutants.All),
        .. ReleaseMutants.All.Concat(NoticeMutants.All),
        .. MoneyMutants.All,
        .. BookMutants.All,
        .. ProtectionMutants.All.Concat(SplitMutants.All).Concat(PartMutants.All),
        .. AnswerMutants
            .All.Concat(PageMutants.All)
            .Concat(RateMutants.All)
            .Concat(ApprovalMutants.All)
            .Concat(ToldMutants.All)
            .Concat(SaidMutants.All)
            .Concat(EdgeMutants.All),
    ];

    private static IEnumerable<Mutant> Storing =>
        [
            new(
                "A ledger is updated without its ETag",
                "Functions/Storage/Ledgers/LedgerRows.cs",
                "new ETag(tag!)",
                "ETag.All",
                "SaveTests"
            ),
            new(
                "A schedule row is updated without its ETag",
                "Functions/Storage/TableBucketScheduleStore.cs",
                "UpdateEntityAsync(row, new ETag(tag),",
                "UpdateEntityAsync(row, ETag.All,",
                "SmallStoreTests"
            ),
            new(
                "412 is swallowed as success",
                Ledgers,
                "StoredAsync(bucket, culprit, cancel)) : SaveResult.Conflict;",
                "StoredAsync(bucket, culprit, cancel)) : new SaveResult(culprit.Before);",
                "SaveTests"
            ),
            new(
                "Whoever wrote, it was us",
                Ledgers,
                "return HistoryRows.Read(row).Any(operation => operation.OperationId == save.OperationId);",
                "return row.RowKey.Length > 0;",
                "SaveTests"
            ),
            new(
                "A lost answer is never our own",
                Ledgers,
                "if (await IsOursAsync(bucket, culprit, cancel))",
                "if (!await IsOursAsync(bucket, culprit, cancel) && culprit is null)",
                "SaveTests"
            ),
            new(
                "A walk ends after its first page of accounts",
                Ledgers,
                "yield return await ReadableAsync(page, cancel); page = [];",
                "yield return await ReadableAsync(page, cancel); yield break;",
                "ReadTests"
            ),
            new(
                "A scan ends after the first page that the service sends",
                Ledgers,
                "{condition}\", cancel)) { page.Add(",
                "{condition}\", cancel).AsPages().Take(1).SelectMany(it => it.Values)) { page.Add(",
                "ReadTests"
            ),
            new(
                "A newer version's ledger is written over",
                "Functions/Storage/Ledgers/LedgerRows.cs",
                "if (ledger.Schema > AccountLedger.CurrentSchema)",
                "if (ledger.Schema > 1_000_000)",
                "Storage."
            ),
        ];

    private static IEnumerable<Mutant> Charging =>
        [
            new(
                "No pre-charge check before an attempt is locked",
                "Functions/Domain/Deciding/Charges/Attempting.cs",
                "else if (PreChargeCheck.WhyNotLock(draft.Ledger, attempt, draft.Controls, draft.Today) is null)",
                "else",
                "PreChargeCheckTests"
            ),
            new(
                "No pre-charge check before a confirm",
                "Functions/Application/Charging/GroupControls.cs",
                "batch.WhyNotConfirm(attempt, Newest);",
                "batch.WhyNotConfirm(attempt, Newest) is { Length: > 10_000 } why ? why : null;",
                "PreChargeCheckTests"
            ),
            new(
                "The halt is not read again between groups",
                Charge,
                "= await GroupControls.TakeAsync(batch, books.Controls);",
                "= new GroupControls(batch, books.Controls, walk.Scope.Controls);",
                "PreChargeCheckTests"
            ),
            new(
                "A doubt is a failure: the attempt is abandoned",
                "Functions/Application/Charging/ChargeOutcome.cs",
                "ChargeStep.Doubt => now => new DoubtAttempt(Attempt.Debit, Attempt.Number, Why, now),",
                "ChargeStep.Doubt => now => new AbandonAttempt(Attempt.Debit, Attempt.Number, Why, now) { "
                    + "IntentId = Attempt.IntentId },",
                "RecoveryTests"
            ),
            new(
                "A tidy 400 to a confirm is a no",
                Steps,
                "var reading = answer as ProviderAnswer.Read ?? await provider.ReadAsync(attempt.Intent) as "
                    + "ProviderAnswer.Read; if (reading is null)",
                "if (answer is ProviderAnswer.Rejected or ProviderAnswer.Doubt) return new ChargeOutcome(attempt, "
                    + "ChargeStep.Abandoned, new IntentReading { IntentId = attempt.IntentId!, Status = "
                    + "IntentStatus.Cancelled, Amount = attempt.Amount }, \"no\"); var reading = answer as "
                    + "ProviderAnswer.Read ?? await provider.ReadAsync(attempt.Intent) as "
                    + "ProviderAnswer.Read; if (reading is null)",
                "RecoveryTests"
            ),
            new(
                "An intent that cannot be read is dead",
                Steps,
                "return new ChargeOutcome(attempt, ChargeStep.Nothing, null, \"the intent could not be read\");",
                "return new ChargeOutcome(attempt, ChargeStep.Abandoned, new IntentReading { IntentId = "
                    + "attempt.IntentId!, Status = IntentStatus.Cancelled, Amount = attempt.Amount }, \"gone\");",
                "RecoveryTests"
            ),
            new(
                "A retry does not wait for the end of the attempt before",
                Steps,
                "return reading?.Intent.Status == IntentStatus.Cancelled ? null",
                "return reading?.Intent.Status != IntentStatus.Untouched ? null",
                "RecoveryTests"
            ),
            new(
                "A key that may be pruned creates again",
                Steps,
                "if (isReplaced || clock.Now.Utc - attempt.KeyAt >= options.KeyLifetime)",
                "if (isReplaced || clock.Now.Utc - attempt.KeyAt >= options.KeyLifetime * 1000)",
                "RecoveryTests"
            ),
            new(
                "Credit pays what is in flight",
                "Functions/Domain/Ledger/Bill.cs",
                "InFlight.IsPositive ? Money.Zero : Open",
                "Open",
                "FaultMatrixTests",
                "R15InFlightTests"
            ),
        ];

    private static IEnumerable<Mutant> Asking =>
        [
            new(
                "A new key for each try, by the domain",
                "Functions/Domain/Provider/IdempotencyKeys.cs",
                "=> $\"pi-{debit}-{attempt}\";",
                "=> $\"pi-{System.Guid.NewGuid()}\";",
                "RecoveryTests"
            ),
            new(
                "A new key for each try, by the adapter",
                Stripe,
                "new() { IdempotencyKey = key };",
                "new() { IdempotencyKey = key + System.Guid.NewGuid() };",
                "AnswersTests"
            ),
            new("The SDK repeats by itself", Stripe, "maxNetworkRetries: 0", "maxNetworkRetries: 2", "AnswersTests"),
            new(
                "A timeout is a no",
                "Functions/Payments/StripeOutcomes.cs",
                "_ => new ProviderAnswer.Doubt($\"{failure.GetType()",
                "_ => new ProviderAnswer.Rejected($\"{failure.GetType()",
                "AnswersTests"
            ),
            new(
                "A list that failed is an empty list",
                Stripe,
                "return (answer as ProviderAnswer.Had<IReadOnlyList<IntentReading>>)?.What;",
                "return (answer as ProviderAnswer.Had<IReadOnlyList<IntentReading>>)?.What ?? [];",
                "AnswersTests"
            ),
            new(
                "A webhook is believed without reading the intent",
                "Functions/Application/ProviderEvents/RecordIntentOutcome.cs",
                "? new IntentWork(look.Cause, intent, debit, number)",
                "? new IntentWork(look.Cause, intent with { Status = IntentStatus.Succeeded, Received = "
                    + "intent.Amount }, debit, number)",
                "FaultMatrixTests"
            ),
        ];

    private static IEnumerable<Mutant> Hearing =>
        [
            new(
                "An event is done with although the books do not say the same",
                "Functions/Domain/Provider/IntentClaim.cs",
                "IsShownBy(attempt) ? ClaimVerdict.Known : ClaimVerdict.Ask;",
                "ClaimVerdict.Known;",
                "SparedReadsTests"
            ),
            new(
                "An event that overtakes the answer is done with",
                "Functions/Application/ProviderEvents/RecordProviderEvent.cs",
                ".. verdicts[ClaimVerdict.Known].Select(",
                ".. verdicts[ClaimVerdict.Known].Concat(verdicts[ClaimVerdict.UnderWay]).Select(",
                "UnderWayTests"
            ),
            new(
                "A message for many events is seen before the last of them is stored",
                "Functions/Application/ProviderEvents/EventHints.cs",
                "Math.Ceiling(",
                "Math.Floor(",
                "EventHintsTests"
            ),
            new(
                "A backfill that was cut begins from the top",
                "Functions/Application/Reconciling/BackfillEvents.cs",
                "ReadEventsAsync(window.From, window.Down, cancel)",
                "ReadEventsAsync(window.From, window.To, cancel)",
                "BackfillTests"
            ),
            new(
                "The older half of a range of the provider's list is never read",
                "Functions/Application/Reconciling/IntentRanges.cs",
                "ranges.AddRange(rest with { From = middle }, new IntentRange(rest.From, middle));",
                "ranges.Add(rest with { From = middle });",
                "LongListTests"
            ),
            new(
                "Both halves of a range of the provider's list go on after the same intent",
                "Functions/Application/Reconciling/IntentRanges.cs",
                "new IntentRange(rest.From, middle)",
                "rest with { Before = middle }",
                "LongListTests"
            ),
            new(
                "Two ranges of the provider's list both hold what lies between them",
                "Functions/Payments/StripeProviderRecords.cs",
                "LessThan = range.Before?.UtcDateTime,",
                "LessThanOrEqual = range.Before?.UtcDateTime,",
                "IntentListTests"
            ),
            new(
                "A backfill says that it has what it has not read yet",
                "Functions/Application/Reconciling/BackfillEvents.cs",
                "window with { Down = page.Oldest }",
                "window with { Down = window.From }",
                "BackfillTests"
            ),
            new(
                "A missed event that is stored already is written again",
                "Functions/Storage/Events/TableProviderEventStore.cs",
                ".Where(happened => !known.Contains(happened.Id));",
                ".Where(happened => happened.Id.Length > 0);",
                "EventStoreTests"
            ),
        ];

    private static IEnumerable<Mutant> Walking =>
        [
            new(
                "A bucket is woken after the save",
                Writer,
                "await BringScheduleForwardAsync(scope, [.. writes.Select(item => item.Decision.Save!)], cancel); "
                    + "var saved = await ledgers.SaveAsync(scope.Bucket, [.. writes.Select(item => "
                    + "item.Decision.Save!)], cancel);",
                "var saved = await ledgers.SaveAsync(scope.Bucket, [.. writes.Select(item => "
                    + "item.Decision.Save!)], cancel); await BringScheduleForwardAsync(scope, [.. "
                    + "writes.Select(item => item.Decision.Save!)], cancel);",
                "ScheduleOrderTests"
            ),
            new(
                "A bucket sleeps although somebody woke it during the walk",
                "Functions/Application/Evaluating/BucketLease.cs",
                "EarliestDue = wasTouched ? row.EarliestDue : earliest,",
                "EarliestDue = earliest,",
                "RaceTests"
            ),
            new(
                "What was decided under old controls is not looked at again",
                Writer,
                "saved.Count == 0 || scope",
                "saved.Count >= 0 || scope",
                "RaceTests"
            ),
            new(
                "A walk that is cut keeps its lease",
                "Functions/Application/Evaluating/BucketLease.cs",
                "await (isFinished ? Task.CompletedTask : ReleaseAsync());",
                "await (isFinished || term.Ticks > 0 ? Task.CompletedTask : ReleaseAsync());",
                "CutWalkTests"
            ),
            new(
                "What is in doubt is not left its time after a cut",
                Charge,
                "(attempt.Phase == AttemptPhase.Locked || (attempt",
                "(attempt.Phase == AttemptPhase.Unknown || attempt.Phase == AttemptPhase.Locked || (attempt",
                "CutWalkTests"
            ),
            new(
                "A message that finds its bucket busy is taken for done",
                "Functions/Application/Evaluating/AnswerEvaluateMessage.cs",
                "if (end == WalkEnd.Done)",
                "if (end is WalkEnd.Done or WalkEnd.Busy)",
                "BusyBucketTests"
            ),
            new(
                "A part of a bucket is taken for all of it",
                "Functions/Application/Evaluating/AnswerEvaluateMessage.cs",
                "if (end == WalkEnd.Done)",
                "if (end is WalkEnd.Done or WalkEnd.InPart)",
                "BusyBucketTests"
            ),
            new(
                "A sweep ends after its first bucket",
                "Functions/Application/Evaluating/Sweep.cs",
                "row.IsWanted(version, now)).Select(row => row.Bucket)",
                "row.IsWanted(version, now)).Select(row => row.Bucket).Take(1)",
                "SweepTests"
            ),
            new(
                "The hourly run trusts the schedule rows",
                "Functions/Application/Evaluating/EvaluateBucket.cs",
                "|| await books.Ledgers.EarliestDueAsync(bucket, cancel) <= books.Clock.Now.Utc;",
                ";",
                "SweepTests"
            ),
            new(
                "A bucket in which nothing is due is never walked again",
                "Functions/Application/Evaluating/EvaluateBucket.cs",
                "|| last + WalkAtLeastEvery <= books.Clock.Now.Utc",
                "",
                "SweepTests"
            ),
            new(
                "A sweep trusts the queue",
                "Functions/Application/Evaluating/Sweep.cs",
                "await evaluate.RunAsync(bucket, cause, cancel);",
                "await Task.CompletedTask;",
                "SweepTests"
            ),
            new(
                "An import's progress is saved before its rows",
                "Functions/Application/Importing/ApplyBuckets.cs",
                "var counted = await apply.RunAsync(",
                "await run.Progress.EndAsync(bucket, run.Progress.Blank, cancel); var counted = await apply.RunAsync(",
                "ImportLawsTests"
            ),
        ];

    private static IEnumerable<Mutant> Hosting =>
        [
            new(
                "A message whose function failed counts as done",
                "Functions.LocalHost/Workers/FunctionInvoker.cs",
                "if (result.Status != StatusResult.Types.Status.Success)",
                "if (result.Status == StatusResult.Types.Status.Cancelled)",
                "QueueTests"
            ),
            new(
                "A function that took too long counts as done",
                "Functions.LocalHost/Workers/FunctionInvoker.cs",
                "if (timeout.IsCancellationRequested)",
                "if (timeout.IsCancellationRequested && answer is null)",
                "QueueTests"
            ),
            new(
                "A poison message is deleted before it is kept",
                "Functions/Application/Stuck/CollectPoisonMessages.cs",
                "var item = await ToItemAsync(message, cancel);",
                "var item = await ToItemAsync(message, cancel); await queues.DeleteAsync(message, cancel);",
                "CollectPoisonMessagesTests"
            ),
            new(
                "A webhook is answered before it is stored",
                "Functions/Application/ProviderEvents/ReceiveProviderEvent.cs",
                "var isNew = await events.TryAddAsync(happened, cancel);",
                "var isNew = true; _ = events.TryAddAsync(happened, cancel).ContinueWith(it => it.Exception, "
                    + "TaskScheduler.Default);",
                "ReceiveProviderEventTests"
            ),
        ];

    private static IEnumerable<Mutant> Counting =>
        [
            new(
                "The invariants look at nothing",
                "Functions/Domain/Invariants/InvariantTally.cs",
                "foreach (var invariant in invariants) { foreach",
                "foreach (var invariant in invariants.Take(0)) { foreach",
                "ReconcileTests"
            ),
            new(
                "An invariant that looked at nothing holds",
                "Functions/Domain/Invariants/InvariantTally.cs",
                "!broken.Contains(invariant.Id) && looked[invariant.Id] > 0, looked",
                "!broken.Contains(invariant.Id), looked",
                "InvariantTallyTests"
            ),
            new(
                "A standstill excuses late work for ever",
                "Functions/Domain/Invariants/LateWork.cs",
                "back && now - back < WorkedOffWithin",
                "back",
                "LateWorkTests"
            ),
            new(
                "Late work has no excuse",
                "Functions/Domain/Invariants/DebitInvariants.cs",
                " && context.Late?.Excuses(look, context.Now.Utc) != true",
                "",
                "LateWorkTests"
            ),
            new(
                "Each check notes a standstill anew",
                "Functions/Application/Reconciling/StandstillWatch.cs",
                "<= Gap || noted >= swept ?",
                "<= Gap ?",
                "LateWorkTests"
            ),
            new(
                "On the first day nobody asked Stripe, and that is a failure",
                "Functions/Application/Reconciling/AskProviderInvariants.cs",
                "clock.Now.Utc < first.Oldest + Recent",
                "clock.Now.Utc < first.Oldest",
                "LateWorkTests"
            ),
            new(
                "A refused create is proven dead without a look",
                Steps,
                "var found = await FindAsync(attempt); return found.Step == ChargeStep.Abandoned ?",
                "var found = new ChargeOutcome(attempt, ChargeStep.Abandoned, null, why); return found.Step == "
                    + "ChargeStep.Abandoned ?",
                "NeverSentTests"
            ),
            new(
                "A blocked account is debited again",
                "Functions/Domain/Provider/ReturnCodes.cs",
                "NotAuthorized or BlockedAccount => ReturnAction.Suspend",
                "NotAuthorized => ReturnAction.Suspend",
                "R37ReturnCodesTests"
            ),
            new(
                "The pre-charge check does not compare the amount",
                "Functions/Domain/Commands/PreChargeCheck.cs",
                "return !open.ToHashSet().SetEquals(attempt.Lines) ?",
                "return open.ToHashSet().Count < 0 ?",
                "PreChargeCheckTests"
            ),
        ];

    private static IEnumerable<Mutant> GivingBack =>
        [
            new(
                "A failed refund gives a bill free although another one took of it",
                "Functions/Domain/Deciding/Payments/Refunding.cs",
                "FirstOrDefault(refund => refund.Counts && refund.Lines",
                "FirstOrDefault(refund => refund.Number < 0 && refund.Lines",
                "GivingBackTests"
            ),
            new(
                "Money recovered after a restore forgets what was given back",
                "Functions/Application/Reconciling/AdoptIntents.cs",
                "Amount = intent.KeptByUs,",
                "Amount = intent.Received,",
                "Reconciling.RestoreTests"
            ),
            new(
                "A narrow reconcile clears the whole list",
                "Functions/Application/Reconciling/ReconcileAftermath.cs",
                "&& (report.IsWhole || tally",
                "&& (report.Theirs >= 0 || tally",
                "ReconcileTests"
            ),
            new(
                "A crossed ceiling does not halt",
                "Functions/Application/Finance/WatchReturns.cs",
                "if (crossed.Count > 0)",
                "if (crossed.Count > 1000)",
                "ReturnRateTests"
            ),
        ];
}
