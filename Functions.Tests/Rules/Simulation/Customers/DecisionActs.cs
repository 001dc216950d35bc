using Autopay.Application;
using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Application.Waiting;
using Autopay.Tests.Rules.Simulation.Acts;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>People with the work list: each decides about something that waits there.</summary>
internal sealed class DecisionActs(SimWorld world)
{
    private IEnumerable<AccountLedger> Ledgers => world.Ledgers.Ledgers;

    public void Play(Act act)
    {
        switch (act.Kind)
        {
            case ActKind.KeepStored or ActKind.TakeNew:
                Decide(act);
                break;
            case ActKind.ApplyRow or ActKind.DiscardRow:
                DecideRow(act);
                break;
            case ActKind.AssignPayment or ActKind.DiscardPayment:
                DecidePayment(act);
                break;
            case ActKind.Exempt or ActKind.Include:
                Exempt(act);
                break;
            case ActKind.KeepCredit or ActKind.Dismiss:
                DecideMoney(act);
                break;
            default:
                DecideImport(act);
                break;
        }
    }

    private void Decide(Act act)
    {
        var all = (
            from ledger in Ledgers
            from correction in ledger.Corrections
            select (ledger.Id, Correction: correction)
        ).ToList();
        var conflicts = all.FindAll(it => it.Correction.Other is not null);
        if (!Pick(act.Cents % 2 == 0 && conflicts.Count > 0 ? conflicts : all, act, out var found))
        {
            return;
        }

        var (account, item, id) = (found.Id, found.Correction.Item, found.Correction.Id);
        world.Customers.Decides(id);
        Ask(
            act,
            $"{account} {item} {id}",
            async (worker, by) =>
                act.Kind == ActKind.TakeNew
                    ? await worker.Verb<DecideCorrection>().TakeAsync(account, item, id, by, CancellationToken.None)
                        is not null
                    : await worker.Verb<DecideCorrection>().KeepAsync(account, item, id, by, CancellationToken.None)
                        is not null
        );
    }

    private void DecideRow(Act act)
    {
        if (!Pick([.. world.Waiting.Open], act, out var row))
        {
            return;
        }

        AccountId? to = act.Cents % 4 == 0 && row.Content.Enrolment is null ? Anybody(act) : null;
        world.Customers.Decides(row.RowId);
        Ask(
            act,
            row.Id,
            async (worker, by) =>
                act.Kind == ActKind.ApplyRow
                    ? await worker.Verb<DecideWaitingRow>().ApplyAsync(row.Id, to, by, CancellationToken.None)
                        is not null
                    : await worker.Verb<DecideWaitingRow>().DiscardAsync(row.Id, by, CancellationToken.None)
        );
    }

    private void DecidePayment(Act act)
    {
        List<SuspensePayment> open =
        [
            .. world.SuspensePayments().Where(it => it is { IsOpen: true, AssignedTo: null }),
        ];
        if (!Pick(open, act, out var payment))
        {
            return;
        }

        var (id, named) = (payment.Payment.Id, payment.NamedAccount);
        world.Customers.Decides(id.Value);
        Ask(
            act,
            id.Value,
            async (worker, by) =>
                act.Kind == ActKind.AssignPayment
                    ? await worker.Verb<AssignSuspense>().RunAsync(id, named, Anybody(act), by, CancellationToken.None)
                        is not null
                    : await worker.Verb<AssignSuspense>().DiscardAsync(id, named, by, CancellationToken.None)
        );
    }

    private void Exempt(Act act)
    {
        var takesOut = act.Kind == ActKind.Exempt;
        var all = (
            from ledger in Ledgers
            from bill in ledger.Bills
            from deferral in world.Controls.Current.Deferrals
            where takesOut ? deferral.Covers(bill) : bill.Exemptions.Contains(deferral.Id)
            select (ledger.Id, Bill: bill.Id, Deferral: deferral.Id)
        ).ToList();
        if (Pick(all, act, out var found))
        {
            Change(
                act,
                found.Id,
                now => new ExemptBill(found.Bill, found.Deferral, takesOut, $"act {act.Number}", now)
            );
        }
    }

    private void DecideMoney(Act act)
    {
        var credits = (
            from ledger in Ledgers
            from funds in ledger.Funds
            where ledger.WaitsForFinance(funds.Id)
            select (ledger.Id, Funds: funds.Id)
        ).ToList();
        var warnings = (
            from ledger in Ledgers
            from warning in ledger.Warnings
            select (ledger.Id, warning.Bill, warning.Lacking)
        ).ToList();
        if (act.Kind == ActKind.KeepCredit && Pick(credits, act, out var credit))
        {
            Change(act, credit.Id, now => new KeepCredit(credit.Funds, $"act {act.Number}", now));
        }
        else if (act.Kind == ActKind.Dismiss && Pick(warnings, act, out var warning))
        {
            Change(
                act,
                warning.Id,
                now =>
                    warning.Lacking is { } lacking && act.Number % 4 != 0
                        ? new AcceptPreviousBalance(warning.Bill, lacking, $"act {act.Number}", now)
                        : new DismissWarnings(warning.Bill, $"act {act.Number}", now)
            );
        }
    }

    private void DecideImport(Act act)
    {
        var bills = Ledgers.SelectMany(ledger => ledger.Bills).ToList();
        var blockedBy = bills.Select(bill => bill.Blocked?.Import).ToHashSet();
        var brought = bills.SelectMany(bill => bill.Flags).Select(flag => flag.Import).ToHashSet();
        var fits = world
            .ImportRecords()
            .Where(import =>
                act.Kind switch
                {
                    ActKind.SetAside => !import.IsEnded,
                    ActKind.RearmImport => blockedBy.Contains(import.Id),
                    ActKind.SkipAlike => brought.Contains(import.Id),
                    _ => import.State == ImportState.SetAside || (act.Cents % 8 == 0 && import.IsEnded),
                }
            );
        if (Pick([.. fits], act, out var import))
        {
            Ask(act, import.FileName, (worker, by) => DecideAsync(worker, act.Kind, import.Id, by));
        }
    }

    private async Task<bool> DecideAsync(Worker worker, ActKind kind, string import, Authority by)
    {
        switch (kind)
        {
            case ActKind.SetAside:
                return await worker.Verb<SetAsideImport>().RunAsync(import, by, CancellationToken.None) is not null;
            case ActKind.RearmImport:
                return await worker.Verb<RearmImport>().RunAsync(import, by, CancellationToken.None) is { Bills: > 0 };
            case ActKind.SkipAlike:
                return await worker.Verb<SkipLookAlikes>().RunAsync(import, by, CancellationToken.None)
                    is { Bills: > 0 };
            default:
                world.Customers.FileArrivesAgain();
                return await worker.Verb<RepeatImport>().RunAsync(import, by, CancellationToken.None) is not null;
        }
    }

    private void Change(Act act, AccountId account, Func<Moment, LedgerCommand> command) =>
        Ask(
            act,
            account.Value,
            async (worker, by) =>
                await worker.Verb<ChangeAccount>().RunAsync(account, command, by, CancellationToken.None) is not null
        );

    // What a person was really answered counts; a refusal or a lost answer does not.
    private void Ask(Act act, string what, Func<Worker, Authority, Task<bool>> verb)
    {
        var worker = world.AnyWorker();
        worker.Start(
            $"{act.Kind} {what}",
            async () =>
            {
                if (await verb(worker, worker.Verb<CityClock>().Authority("clerk", $"act {act.Number}")))
                {
                    world.Troubles.Met(act.Kind);
                }
            }
        );
    }

    private static AccountId Anybody(Act act) => SimWorld.Everybody[act.Cents % SimWorld.Everybody.Count];

    private static bool Pick<T>(IReadOnlyList<T> all, Act act, out T found)
    {
        found = all.Count == 0 ? default! : all[act.Pick % all.Count];
        return all.Count > 0;
    }
}
