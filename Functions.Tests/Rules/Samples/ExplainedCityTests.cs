using Autopay.Application;
using Autopay.Application.Explaining;
using Autopay.Application.Texts;
using Autopay.Tests.Rules.Rehearsal;

namespace Autopay.Tests.Rules.Samples;

/// <summary>Two people of the sample ask why they were charged; the answers were worked out by hand.</summary>
public sealed class ExplainedCityTests
{
    private static readonly Lazy<Task<Played>> City = new(() => Played.FromAsync(CapeGirardeau.Folder));

    [Fact]
    public async Task Who_paid_60_dollars_by_check_during_the_hold_is_told_of_the_36_dollars_40_that_were_left()
    {
        Assert.Equal(
            [
                "On Thursday, February 20, 2020 we debited $36.40 from your bank account. It is what was left of your "
                    + "bill due Wednesday, January 22, 2020 after you paid $60.00 on Friday, January 31, 2020. Each "
                    + "bill is collected once.",
                "The due date is Wednesday, January 22, 2020.",
                "It was on hold from Tuesday, January 21, 2020 to Thursday, February 20, 2020, until the payments made "
                    + "meanwhile had been entered.",
                "Charges of your bill due Wednesday, January 22, 2020: $96.40",
                "You paid on Friday, January 31, 2020 (check), entered on Monday, February 17, 2020: -$60.00",
                "What this debit takes for this bill: $36.40",
                "This debit: $36.40",
            ],
            await ToldAsync("10-0004", 1, Words.English)
        );
        Assert.Equal(
            [
                "El jueves 20 de febrero de 2020 debitamos $36.40 de su cuenta bancaria. Es lo que quedaba de su "
                    + "factura con vencimiento del miércoles 22 de enero de 2020 después de que usted pagó $60.00 el "
                    + "viernes 31 de enero de 2020. Cada factura se cobra una sola vez.",
                "La fecha de vencimiento es el miércoles 22 de enero de 2020.",
                "Estuvo en pausa del martes 21 de enero de 2020 al jueves 20 de febrero de 2020, hasta que se "
                    + "registraron los pagos hechos mientras tanto.",
                "Cargos de su factura con vencimiento del miércoles 22 de enero de 2020: $96.40",
                "Usted pagó el viernes 31 de enero de 2020 (cheque), registrado el lunes 17 de febrero de 2020: "
                    + "-$60.00",
                "Lo que este débito cobra por esta factura: $36.40",
                "Este débito: $36.40",
            ],
            await ToldAsync("10-0004", 1, Words.Spanish)
        );
    }

    [Fact]
    public async Task Whose_February_bill_joined_March_is_told_of_both_bills_in_one_debit_of_82_dollars_85()
    {
        Assert.Equal(
            [
                "On Wednesday, March 18, 2020 we debited $82.85 from your bank account for your bill due Wednesday, "
                    + "February 19, 2020 and your bill due Wednesday, March 18, 2020. Each bill is collected once.",
                "The previous balance printed on the bill was not added again.",
                "The due date is Wednesday, March 18, 2020.",
                "It also takes your bill due Wednesday, February 19, 2020, which joined it so that both are taken "
                    + "together.",
                "Charges of your bill due Wednesday, February 19, 2020: $38.75",
                "What this debit takes for this bill: $38.75",
                "Charges of your bill due Wednesday, March 18, 2020: $44.10",
                "What this debit takes for this bill: $44.10",
                "This debit: $82.85",
            ],
            await ToldAsync("10-0001", 3, Words.English)
        );
        Assert.Equal(
            [
                "El miércoles 18 de marzo de 2020 debitamos $82.85 de su cuenta bancaria por su factura con "
                    + "vencimiento del miércoles 19 de febrero de 2020 y su factura con vencimiento del miércoles 18 "
                    + "de marzo de 2020. Cada factura se cobra una sola vez.",
                "El saldo anterior impreso en la factura no se sumó otra vez.",
                "La fecha de vencimiento es el miércoles 18 de marzo de 2020.",
                "También incluye su factura con vencimiento del miércoles 19 de febrero de 2020, que se le unió para "
                    + "cobrar las dos juntas.",
                "Cargos de su factura con vencimiento del miércoles 19 de febrero de 2020: $38.75",
                "Lo que este débito cobra por esta factura: $38.75",
                "Cargos de su factura con vencimiento del miércoles 18 de marzo de 2020: $44.10",
                "Lo que este débito cobra por esta factura: $44.10",
                "Este débito: $82.85",
            ],
            await ToldAsync("10-0001", 3, Words.Spanish)
        );
        Assert.Equal(
            "No debitamos su factura con vencimiento del miércoles 19 de febrero de 2020 por separado: pasó a formar "
                + "parte del débito con vencimiento del miércoles 18 de marzo de 2020. De ese débito, $38.75 "
                + "corresponden a ella. Cada factura se cobra una sola vez.",
            (await ToldAsync("10-0001", 2, Words.Spanish))[0]
        );
    }

    [Fact]
    public async Task Every_debit_of_the_city_adds_up_and_is_told_in_both_languages()
    {
        var world = (await City.Value).World;
        foreach (var debit in Assert.Some(world.Ledgers.Ledgers.SelectMany(ledger => ledger.Debits)))
        {
            var told = await Explainer(world).RunAsync(debit.Id, TestContext.Current.CancellationToken);
            Assert.DoesNotContain(told!.Bills, sum => !sum.Difference.IsZero);
            Assert.Equal(told.Amount, told.Bills.Sum(sum => sum.Takes));
            Assert.Equal(
                ExplanationText.Of(told, Words.English).Answer.Select(sentence => sentence.Code),
                ExplanationText.Of(told, Words.Spanish).Answer.Select(sentence => sentence.Code)
            );
        }
    }

    private static async Task<IReadOnlyList<string>> ToldAsync(string account, int debit, Words words)
    {
        var id = new DebitId(new AccountId(account), 1, debit);
        var told = await Explainer((await City.Value).World).RunAsync(id, TestContext.Current.CancellationToken);
        var text = ExplanationText.Of(told!, words);
        return
        [
            .. text.Answer.Concat(text.WhyThisDay).Select(sentence => sentence.Text),
            .. text.Sum.Select(line => $"{line.Text}: {Words.Amount(line.Cents)}"),
        ];
    }

    private static ExplainDebit Explainer(Autopay.Rehearsal.RehearsalWorld world) =>
        new(world.Ledgers, world.Controls, world.Verb<CityClock>());
}
