using Autopay.Application.Explaining;
using Autopay.Application.Texts;
using Autopay.Domain.Explanations;
using Autopay.Tests.Fixtures.Ledger;

namespace Autopay.Tests.Rules.Domain;

/// <summary>What a customer of a scenario is told.</summary>
internal static class Explained
{
    extension(AccountScenario account)
    {
        public Explanation Explain(int debit) =>
            Autopay.Domain.Explanations.Explain.Debit(
                new DebitId(account.Ledger.Id, account.Ledger.Generation, debit),
                account.Past,
                account.Controls,
                AccountScenario.City,
                account.Now
            )!;

        /// <summary>What is said first, in both languages.</summary>
        public AccountScenario ThenTheAnswerIs(int debit, string english, string spanish)
        {
            Assert.Equal(english, account.Tell(debit, Words.English).Answer[0].Text);
            Assert.Equal(spanish, account.Tell(debit, Words.Spanish).Answer[0].Text);
            return account;
        }

        /// <summary>The codes of all that is said after it.</summary>
        public AccountScenario ThenItGoesOn(int debit, params Phrase[] more)
        {
            Assert.Equal(more, account.Tell(debit, Words.English).Answer.Skip(1).Select(sentence => sentence.Code));
            Assert.Equal(more, account.Tell(debit, Words.Spanish).Answer.Skip(1).Select(sentence => sentence.Code));
            return account;
        }

        public AccountScenario ThenWhyThisDay(int debit, params Phrase[] why)
        {
            Assert.Equal(why, account.Tell(debit, Words.English).WhyThisDay.Select(sentence => sentence.Code));
            Assert.Equal(why, account.Tell(debit, Words.Spanish).WhyThisDay.Select(sentence => sentence.Code));
            return account;
        }

        public ExplanationText Tell(int debit, Words words) => ExplanationText.Of(account.Explain(debit), words);
    }
}
