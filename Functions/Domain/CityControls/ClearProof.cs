namespace Autopay.Domain.CityControls;

/// <summary>What a cycle's clear relies on: whoever approves a release of it reads that too.</summary>
public static class ClearProof
{
    extension(Controls controls)
    {
        /// <summary>What was counted, and through which day all payments are said to be in; or that nobody said
        /// so.</summary>
        public string ProofOf(CycleNumber cycle)
        {
            var backlog = controls.BacklogOf(cycle);
            var through =
                backlog.ReceivedThrough.Count == 0
                    ? "Nobody said through which day all payments are in."
                    : $"All payments are said to be in through {SecondPerson.Text(backlog.ReceivedThrough)}.";
            return backlog switch
                {
                    { Cleared: false } =>
                        "Its holds were withdrawn and it was not cleared: nobody said through which day all "
                            + "payments are in.",
                    { Certificate: { } hash } => $"Of the counts, {backlog.Says}. {through} Certificate {hash}.",
                    _ => $"Nothing was counted. {through}",
                } + controls.WithdrawnSince(backlog);
        }

        // What such a hold held was cleared by nobody: of it the clear before says nothing.
        private string WithdrawnSince(BacklogState backlog) =>
            controls.Deferrals.LastOrDefault(it =>
                it.Action == DeferralAction.Hold
                && it.WithdrawnAt > backlog.ChangedAt
                && it.Cycles.Contains(backlog.Cycle)
                && !it.ClearedCycles.Contains(backlog.Cycle)
            )
                is { } hold
            && backlog.Cleared
                ? $" Since then the hold '{hold.Id}' ({hold.Reason}) was withdrawn without a clear."
                : "";
    }
}
