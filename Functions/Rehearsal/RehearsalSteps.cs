using Autopay.Application.Finance;
using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Application.Waiting;
using Autopay.Imports;
using Autopay.Rehearsal.Input;

namespace Autopay.Rehearsal;

/// <summary>Plays one step of the timeline through the verb that a person or a file would reach.</summary>
internal sealed class RehearsalSteps(RehearsalWorld world, string folder)
{
    private int waivers;
    private int shields;

    /// <returns>What to print beside the step.</returns>
    /// <exception cref="RefusedException">The rules refuse the step; nothing changed.</exception>
    /// <exception cref="RehearsalInputException">A file of the step is wrong.</exception>
    public async Task<string> PlayAsync(TimelineStep step)
    {
        switch (step.Do)
        {
            case "import":
                return await ImportAsync(step);
            case "approve" or "cancel":
                return await ReviewAsync(step);
            case "apply":
                return await ApplyAsync();
            case "take" or "keep":
                return await CorrectAsync(step);
            case "clear":
                return await ClearAsync(step);
            case "rearm" when step.Import is not null:
                return await RearmImportAsync(step);
            case "autopay" or "skip" or "rearm" or "suspend" or "exempt":
                return await ChangeAccountAsync(new AccountId(step.Account!), ToCommand(step), step);
            default:
                await world
                    .Verb<ChangeControls>()
                    .RunAsync(ToChange(step), world.Authority(step.Reason ?? step.Do), CancellationToken.None);
                return StepText.Of(step);
        }
    }

    private ControlChange ToChange(TimelineStep step) =>
        step.Do switch
        {
            "defer" => new DeferralDeclared(
                new DeferralId(step.Id!),
                Cycles(step),
                step.DueFrom!.Value,
                step.DueTo!.Value,
                step.Action == "merge" ? DeferralAction.Merge : DeferralAction.Hold,
                step.ExpectedClearBy
            ),
            "withdraw" => new DeferralWithdrawn(new DeferralId(step.Id!)),
            "reopen" => new BacklogReopened(Cycles(step)),
            "waive" => new PenaltyWaived(
                step.Id ?? $"waiver-{++waivers}",
                step.DueFrom!.Value,
                step.DueTo!.Value,
                step.PenaltyFrom!.Value,
                step.PenaltyTo!.Value
            ),
            "shield" => new DisconnectShielded(step.Id ?? $"shield-{++shields}", step.Dates!),
            "halt" => new ChargingHalted(),
            "resume" => new ChargingResumed(),
            _ => throw new InvalidOperationException($"Unknown step {step.Do}."),
        };

    private static Func<Moment, LedgerCommand> ToCommand(TimelineStep step)
    {
        var why = step.Reason ?? step.Do;
        return step.Do switch
        {
            "autopay" => now => new SwitchAutopay(step.To == "on", why, now),
            "skip" => now => new SkipBill(new BillId(step.Bill!), why, now),
            "rearm" => now => new RearmBill(new BillId(step.Bill!), why, now),
            "exempt" => now => new ExemptBill(
                new BillId(step.Bill!),
                new DeferralId(step.Deferral!),
                step.To != "off",
                why,
                now
            ),
            "suspend" when step.To == "off" => now => new LiftSuspension(why, now),
            "suspend" => now => new SuspendAccount(why, now),
            _ => throw new InvalidOperationException($"Unknown step {step.Do}."),
        };
    }

    private async Task<string> ImportAsync(TimelineStep step)
    {
        var format = ImportFormat.Find(step.Kind) ?? throw new InvalidOperationException($"Unknown kind {step.Kind}.");
        await using var file = File.OpenRead(Path.Combine(folder, step.File!));
        var receipt = await world
            .Verb<ReceiveImport>()
            .RunAsync(
                format.Kind,
                step.File!,
                file,
                new ImportOptions { SetsAside = step.BadRows == "setAside", IsComplete = step.Complete is true },
                world.Authority($"import of {step.File}"),
                CancellationToken.None
            );
        if (!receipt.Check.IsGood)
        {
            throw new RehearsalInputException(
                string.Join(
                    Environment.NewLine,
                    receipt.Check.Problems.Take(20).Select(problem => $"{step.File}: {problem}")
                )
            );
        }

        if (receipt.AlreadyImported)
        {
            return $"{step.File}: already imported, nothing changed";
        }

        return
            step.Applied is not false
            && await world.Verb<ApplyImport>().RunAsync(receipt.Import!.Id, CancellationToken.None)
            ? StepText.Of((await world.Imports.FindAsync(receipt.Import.Id, CancellationToken.None))!)
            : $"{step.File}: arrived, {receipt.Check.Rows} {(receipt.Check.Rows == 1 ? "row" : "rows")}; not "
                + $"applied yet";
    }

    private async Task<string> ApplyAsync()
    {
        var waiting = await world.Imports.ReadUnfinishedAsync(CancellationToken.None).ToListAsync();
        List<string> applied = [];
        foreach (var import in waiting)
        {
            await world.Verb<ApplyImport>().RunAsync(import.Id, CancellationToken.None);
            applied.Add(StepText.Of((await world.Imports.FindAsync(import.Id, CancellationToken.None))!));
        }

        return applied.Count == 0 ? "no file was waiting" : string.Join("; ", applied);
    }

    private async Task<string> ClearAsync(TimelineStep step)
    {
        var cleared = new BacklogCleared(Cycles(step), step.ReceivedThrough ?? new Dictionary<string, DateOnly>());
        var answer = await world
            .Verb<ClearBacklog>()
            .RunAsync(cleared, world.Authority(step.Reason ?? step.Do), CancellationToken.None);
        return answer.WaitsFor.Count == 0
            ? StepText.Of(step)
            : $"{StepText.Of(step)}: waits for {string.Join(", ", answer.WaitsFor.Select(import => import.FileName))}";
    }

    // A correction is named by its bill or payment: whoever has it.
    private async Task<string> CorrectAsync(TimelineStep step)
    {
        var (item, id) = step.Bill is { } bill ? (CorrectedItem.Bill, bill) : (CorrectedItem.Payment, step.Payment!);
        var found = world
            .Ledgers.Ledgers.Where(ledger =>
                (step.Account is null || ledger.Id.Value == step.Account) && ledger.FindCorrection(item, id) is not null
            )
            .ToList();
        if (found is not [var ledger])
        {
            throw new RefusedException(
                $"{(found.Count == 0 ? "No correction" : "More than one correction")} of "
                    + $"{item.ToString().ToLowerInvariant()} {id} is waiting."
            );
        }

        var (decide, authority) = (world.Verb<DecideCorrection>(), world.Authority(step.Reason ?? step.Do));
        await (
            step.Do == "take"
                ? decide.TakeAsync(ledger.Id, item, id, authority, CancellationToken.None)
                : decide.KeepAsync(ledger.Id, item, id, authority, CancellationToken.None)
        );
        return $"account {ledger.Id}, {item.ToString().ToLowerInvariant()} {id}"
            + $"{(step.Reason is null ? "" : $": {step.Reason}")}";
    }

    // A rehearsal's imports are known by their files.
    private async Task<string> RearmImportAsync(TimelineStep step)
    {
        var import =
            await world
                .Verb<IImportStore>()
                .ReadAllAsync(CancellationToken.None)
                .FirstOrDefaultAsync(it => it.FileName == step.Import || it.Id == step.Import)
            ?? throw new RefusedException($"There is no import {step.Import}.");
        var rearmed = await world
            .Verb<RearmImport>()
            .RunAsync(import.Id, world.Authority(step.Reason ?? step.Do), CancellationToken.None);
        return $"{StepText.Of(step)}: {rearmed!.Bills} {(rearmed.Bills == 1 ? "bill" : "bills")}, "
            + $"{ReportText.Dollars(rearmed.OpenCents)}";
    }

    // A debit in review is named by a bill on it.
    private async Task<string> ReviewAsync(TimelineStep step)
    {
        var bill = new BillId(step.Bill!);
        var debit =
            world
                .Ledgers.Ledgers.Where(ledger => step.Account is null || ledger.Id.Value == step.Account)
                .SelectMany(ledger => ledger.Debits)
                .FirstOrDefault(debit => debit.State == DebitState.NeedsReview && debit.Names(bill))
            ?? throw new RefusedException($"No debit with bill {bill} is waiting for review.");
        var why = step.Reason ?? step.Do;
        return await ChangeAccountAsync(
            debit.Id.Account,
            now => step.Do == "approve" ? new ApproveDebit(debit.Id, why, now) : new CancelDebit(debit.Id, why, now),
            step
        );
    }

    private async Task<string> ChangeAccountAsync(
        AccountId account,
        Func<Moment, LedgerCommand> command,
        TimelineStep step
    )
    {
        _ =
            await world
                .Verb<ChangeAccount>()
                .RunAsync(account, command, world.Authority(step.Reason ?? step.Do), CancellationToken.None)
            ?? throw new RefusedException($"There is no account {account}.");
        return StepText.Of(step with { Account = account.Value });
    }

    private static CycleNumber[] Cycles(TimelineStep step) => [.. step.Cycles!.Select(cycle => new CycleNumber(cycle))];
}
