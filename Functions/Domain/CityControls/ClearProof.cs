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
            };
        }
    }
}
