using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Notifying;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation.Acts;

/// <summary>The city keeps the days of notice: it mails letters, some come back, and it tells everybody.</summary>
internal sealed class NoticeActs(SimWorld world, SimActs acts)
{
    /// <summary>From this seed on debits wait for their notices, and a clear alone sends again.</summary>
    public const int FirstSeed = 200_001;

    public static bool AreIn(int seed) => seed is >= FirstSeed and < ProtectionActs.FirstSeed;

    public void Play(Act act)
    {
        var why = $"act {act.Number}";
        switch (act.Kind)
        {
            case ActKind.Mail:
                Mail(why);
                break;
            case ActKind.Bounce:
                Bounce(act, why);
                break;
            case ActKind.Announce:
                acts.Change(Announcement(act), why);
                break;
            default:
                if (world.Controls.Current.PublicNotices is { Count: > 0 } all)
                {
                    acts.Change(new PublicNoticeWithdrawn(all[act.Pick % all.Count].Id), why);
                }

                break;
        }
    }

    /// <summary>Whatever waits for a letter is printed and mailed today.</summary>
    /// <returns>False when nothing waits.</returns>
    public bool MailWhatWaits()
    {
        var waits = world.Ledgers.Ledgers.Any(ledger => ledger.PendingNotices().Count > 0);
        if (waits)
        {
            Mail("calm");
        }

        return waits;
    }

    private void Mail(string why)
    {
        var worker = world.AnyWorker();
        worker.Start(
            $"letters: {why}",
            async () =>
            {
                var (clock, by) = (worker.Verb<CityClock>(), worker.Verb<CityClock>().Authority("finance", why));
                var list = await worker
                    .Verb<MakeLetters>()
                    .RunAsync(new PrintRun(clock.Now.Today, clock.Now.Today), by, CancellationToken.None);
                await worker.Verb<RecordLetters>().RunAsync(list.Id, list.MailOn, by, CancellationToken.None);
            }
        );
    }

    private void Bounce(Act act, string why)
    {
        var sent = (
            from ledger in world.Ledgers.Ledgers
            from debit in ledger.Debits
            from notice in debit.Notices
            where notice.State == NoticeState.Sent
            select (ledger.Id, Debit: debit.Id, notice.Number)
        ).ToList();
        if (sent.Count == 0)
        {
            return;
        }

        var (account, id, number) = sent[act.Pick % sent.Count];
        var worker = world.AnyWorker();
        worker.Start(
            $"notice {number} of {id} bounced: {why}",
            () =>
                worker
                    .Verb<ChangeAccount>()
                    .RunAsync(
                        account,
                        now => new RecordNoticeFailed(id, number, why, now),
                        worker.Verb<CityClock>().Authority("finance", why),
                        CancellationToken.None
                    )
        );
    }

    private PublicNoticeRecorded Announcement(Act act)
    {
        var today = world.Now.Today;
        return new PublicNoticeRecorded(
            $"n{act.Number}",
            [new CycleNumber((act.Pick % 2) + 1)],
            today.AddDays(-30),
            today.AddDays(act.Cents % 30),
            today.AddDays(-(act.Pick % 12)),
            act.Cents % 3 == 0 ? today.AddDays(act.Pick % 9) : null,
            act.Cents % 2 == 0,
            "everybody",
            "press"
        );
    }
}
