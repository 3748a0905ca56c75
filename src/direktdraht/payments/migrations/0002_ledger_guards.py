"""What the database itself holds of the ledger: it balances, is never changed, and closed days stay closed."""

from django.db import migrations

# 4867402 is ledger.DAYS_LOCK: writers share it, the close of a day holds it alone.
GUARDS = """
CREATE SEQUENCE payments_reference;

CREATE FUNCTION payments_posting_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    number bigint;
    found record;
BEGIN
    IF TG_TABLE_NAME = 'payments_posting' THEN number := NEW.id; ELSE number := NEW.posting_id; END IF;
    SELECT count(*) AS lines,
           coalesce(sum(cents) FILTER (WHERE side = 'debit'), 0) AS debits,
           coalesce(sum(cents) FILTER (WHERE side = 'credit'), 0) AS credits
      INTO found FROM payments_postingline WHERE posting_id = number;
    IF found.lines < 2 OR found.debits <> found.credits THEN
        RAISE EXCEPTION 'posting % does not balance: % debit, % credit', number, found.debits, found.credits
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER posting_balances AFTER INSERT ON payments_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_posting_balances();
CREATE CONSTRAINT TRIGGER posting_line_balances AFTER INSERT ON payments_postingline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_posting_balances();

CREATE FUNCTION payments_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are added, never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER posting_never_changed BEFORE UPDATE OR DELETE ON payments_posting
    FOR EACH ROW EXECUTE FUNCTION payments_never_changed();
CREATE TRIGGER posting_line_never_changed BEFORE UPDATE OR DELETE ON payments_postingline
    FOR EACH ROW EXECUTE FUNCTION payments_never_changed();
CREATE TRIGGER closed_day_never_changed BEFORE UPDATE OR DELETE ON payments_closedday
    FOR EACH ROW EXECUTE FUNCTION payments_never_changed();

CREATE FUNCTION payments_day_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    booked date;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(4867402);
    IF TG_TABLE_NAME = 'payments_posting' THEN
        booked := NEW.day;
    ELSE
        SELECT day INTO booked FROM payments_posting WHERE id = NEW.posting_id;
    END IF;
    IF EXISTS (SELECT 1 FROM payments_closedday WHERE day >= booked) THEN
        RAISE EXCEPTION 'the books of % are closed', booked USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER posting_into_open_day BEFORE INSERT ON payments_posting
    FOR EACH ROW EXECUTE FUNCTION payments_day_is_open();
CREATE TRIGGER posting_line_into_open_day BEFORE INSERT ON payments_postingline
    FOR EACH ROW EXECUTE FUNCTION payments_day_is_open();
"""

NO_GUARDS = """
DROP TRIGGER posting_line_into_open_day ON payments_postingline;
DROP TRIGGER posting_into_open_day ON payments_posting;
DROP FUNCTION payments_day_is_open();
DROP TRIGGER closed_day_never_changed ON payments_closedday;
DROP TRIGGER posting_line_never_changed ON payments_postingline;
DROP TRIGGER posting_never_changed ON payments_posting;
DROP FUNCTION payments_never_changed();
DROP TRIGGER posting_line_balances ON payments_postingline;
DROP TRIGGER posting_balances ON payments_posting;
DROP FUNCTION payments_posting_balances();
DROP SEQUENCE payments_reference;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0001_initial"),
    ]

    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
