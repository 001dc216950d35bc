namespace Autopay.Domain.CityControls;

/// <summary>The controls once more, from the record of what was decided: what is stored has to be the same.</summary>
public static class Replaying
{
    extension(Controls controls)
    {
        /// <summary>
        /// The act as it was done. What was shown to two people is not worked out again: the words may be others by
        /// now, and their approval was asked for and given then.
        /// </summary>
        /// <exception cref="RefusedException">It could not be done upon these controls.</exception>
        public Controls Replay(ControlChange change, Authority authority)
        {
            var next = change switch
            {
                ApprovalAsked asked => controls.Asked(new Approval(asked.Id, asked.Act, "", authority)),
                ApprovalGiven given => controls.Given(given.Id, authority),
                _ => controls.Apply(change, authority),
            };
            return controls.Numbered(next, change, authority);
        }

        /// <summary>Without the words that two people were shown.</summary>
        public Controls WithoutWords() =>
            controls with
            {
                Approvals = [.. controls.Approvals.Select(approval => approval with { Shown = "" })],
            };
    }
}
