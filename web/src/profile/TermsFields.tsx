import { currencies } from '@/members/choices';
import { collaborationName, collaborations, currencyName, formatName, formats } from '@/members/terms';
import { accountTexts } from '@/texts/account';
import { SelectField, TextArea, TextField } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import { ChipsField } from './ChipsField';
import { labels } from './differences';
import { errorOf, errorOfList, type FormPart } from './readDraft';
import styles from './TermsFields.module.css';

const said = accountTexts.profile;

const maxText = 600;

/** What a creator expects of a collaboration, or what a brand offers. All of it is optional. */
export function TermsFields({ isCreator, ...part }: FormPart & { readonly isCreator: boolean }) {
  return (
    <Panel>
      <div>
        <h2>{said.terms}</h2>
        <p className="hint">{isCreator ? said.termsOfCreator : said.termsOfBrand}</p>
      </div>
      {isCreator ? <CreatorsTerms {...part} /> : <BrandsTerms {...part} />}
    </Panel>
  );
}

function CreatorsTerms(part: FormPart) {
  const { draft, errors, edit } = part;
  return (
    <>
      <ChipsField
        legend={labels.openTo}
        hint={said.openToHint}
        values={collaborations}
        nameOf={collaborationName}
        chosen={draft.openTo}
        error={errorOfList(errors, 'openTo')}
        onChange={(openTo) => edit({ openTo })}
      />
      <ChipsField
        legend={labels.formats}
        hint={said.formatsHint}
        values={formats}
        nameOf={formatName}
        chosen={draft.formats}
        error={errorOfList(errors, 'formats')}
        onChange={(chosen) => edit({ formats: chosen })}
      />
      <RateFields {...part} />
      <div className={styles.pair}>
        <TextField
          label={labels.leadTime}
          hint={said.leadTimeHint}
          inputMode="numeric"
          autoComplete="off"
          value={draft.leadTime}
          error={errorOf(errors, 'leadTime')}
          onChange={(event) => edit({ leadTime: event.target.value })}
        />
        <TextField
          label={labels.availableFrom}
          hint={said.availableFromHint}
          type="date"
          value={draft.availableFrom}
          error={errorOf(errors, 'availableFrom')}
          onChange={(event) => edit({ availableFrom: event.target.value })}
        />
      </div>
      <TextArea
        label={labels.expects}
        hint={said.expectsHint}
        limit={maxText}
        rows={4}
        dir="auto"
        value={draft.expects}
        error={errorOf(errors, 'expects')}
        onChange={(event) => edit({ expects: event.target.value })}
      />
    </>
  );
}

/** From which amount a collaboration begins, and its currency. */
function RateFields({ draft: { rateFrom }, errors, edit }: FormPart) {
  const { amount, currency } = rateFrom;
  const isListed = [...currencies.usual, ...currencies.other].some(({ value }) => value === currency);
  return (
    <div className={styles.pair}>
      <TextField
        label={labels.rateFrom}
        hint={said.rateHint}
        inputMode="numeric"
        autoComplete="off"
        value={amount}
        error={errorOf(errors, 'rateFrom.amount')}
        onChange={(event) => edit({ rateFrom: { amount: event.target.value, currency } })}
      />
      <SelectField
        label={said.currency}
        none={said.currencyChoose}
        options={[
          // Keeps one that is newer than this page.
          ...(currency === '' || isListed ? [] : [{ value: currency, name: currencyName(currency) }]),
          { group: said.currenciesUsual, options: currencies.usual },
          { group: said.currenciesOther, options: currencies.other },
        ]}
        value={currency}
        error={errorOf(errors, 'rateFrom.currency') ?? errorOf(errors, 'rateFrom')}
        onChange={(event) => edit({ rateFrom: { amount, currency: event.target.value } })}
      />
    </div>
  );
}

function BrandsTerms({ draft, errors, edit }: FormPart) {
  return (
    <>
      <ChipsField
        legend={labels.offers}
        hint={said.offersHint}
        values={collaborations}
        nameOf={collaborationName}
        chosen={draft.offers}
        error={errorOfList(errors, 'offers')}
        onChange={(offers) => edit({ offers })}
      />
      <TextArea
        label={labels.about}
        hint={said.aboutHint}
        limit={maxText}
        rows={4}
        dir="auto"
        value={draft.about}
        error={errorOf(errors, 'about')}
        onChange={(event) => edit({ about: event.target.value })}
      />
    </>
  );
}
