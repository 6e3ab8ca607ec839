-- Imports may leave secrets out of staging until it is known which rows are written: none must be written without.
alter table family
    add check ((tax_reference_income_enc is null) = (tax_reference_income_mac is null)),
    add check ((iban_enc is null) = (iban_mac is null)),
    add check ((bic_enc is null) = (bic_mac is null)),
    add check ((account_holder_enc is null) = (account_holder_mac is null)),
    add check ((mandate_ref_enc is null) = (mandate_ref_mac is null));
alter table individual
    add check ((glasses_enc is null) = (glasses_mac is null)),
    add check ((dental_device_enc is null) = (dental_device_mac is null)),
    add check ((hearing_device_enc is null) = (hearing_device_mac is null)),
    add check ((diet_enc is null) = (diet_mac is null)),
    add check ((has_pai_enc is null) = (has_pai_mac is null)),
    add check ((pai_until_enc is null) = (pai_until_mac is null));
alter table allergy add check ((note_enc is null) = (note_mac is null));
alter table vaccination add check ((booster_date_enc is null) = (booster_date_mac is null));
