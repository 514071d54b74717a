from django.db import migrations

from guichet.kernel.database import append_only

# A frozen sheet (a submitted application's) takes no more answers, from any role, and does not thaw. The lock waits for
# a freeze that is not committed yet, and then sees it; the schema is named because a role may make a temporary table of
# the same name, which would be found first.
FROZEN = """
CREATE FUNCTION public.answers_refuse_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched bigint[] := '{}';
BEGIN
  IF TG_OP <> 'INSERT' THEN touched := touched || OLD.sheet_id; END IF;
  IF TG_OP <> 'DELETE' THEN touched := touched || NEW.sheet_id; END IF;
  PERFORM 1 FROM public.answers_sheet WHERE id = ANY (touched) FOR SHARE;
  IF EXISTS (SELECT 1 FROM public.answers_sheet WHERE id = ANY (touched) AND frozen_at IS NOT NULL) THEN
    RAISE EXCEPTION 'the sheet is frozen: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER answers_answer_frozen BEFORE INSERT OR UPDATE OR DELETE ON answers_answer
  FOR EACH ROW EXECUTE FUNCTION answers_refuse_frozen();
CREATE TRIGGER answers_answerchange_frozen BEFORE INSERT ON answers_answerchange
  FOR EACH ROW EXECUTE FUNCTION answers_refuse_frozen();
CREATE TRIGGER answers_answer_truncate BEFORE TRUNCATE ON answers_answer
  FOR EACH STATEMENT EXECUTE FUNCTION guichet_refuse_change();

CREATE TRIGGER answers_sheet_frozen BEFORE UPDATE OR DELETE ON answers_sheet
  FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL) EXECUTE FUNCTION guichet_refuse_change();
"""
THAWED = """
DROP TRIGGER answers_sheet_frozen ON answers_sheet;
DROP TRIGGER answers_answer_truncate ON answers_answer;
DROP TRIGGER answers_answerchange_frozen ON answers_answerchange;
DROP TRIGGER answers_answer_frozen ON answers_answer;
DROP FUNCTION answers_refuse_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("answers", "0001_initial")]

    operations = [append_only("answers_answerchange"), migrations.RunSQL(FROZEN, THAWED)]
