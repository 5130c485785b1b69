import { Form, Segmented, Select } from 'antd';
import { useWords } from '../../app/queries';
import { InstitutionSelect } from '../../parts/institutionSelect';
import { optionsOf } from './TrialForm';

/** Where the care is given: an institution by name, or just its kind and grade. */
export function PlaceFields() {
  const words = useWords().data;
  const where = Form.useWatch('where');
  return (
    <>
      <Form.Item label="医疗机构" name="where">
        <Segmented
          block
          options={[
            { value: 'grade', label: '按等级' },
            { value: 'institution', label: '指定机构' },
          ]}
        />
      </Form.Item>
      {where === 'institution' ? (
        <Form.Item label=" " name="institution" rules={[{ required: true, message: '请选择机构' }]}>
          <InstitutionSelect placeholder="机构名称或代码" />
        </Form.Item>
      ) : (
        <div className="trial-pair">
          <Form.Item
            label=" "
            name="institution_kind"
            rules={[{ required: true, message: '请选择类型' }]}
          >
            <Select
              aria-label="机构类型"
              placeholder="类型"
              options={optionsOf(words?.institution_kinds)}
            />
          </Form.Item>
          <Form.Item name="institution_grade" rules={[{ required: true, message: '请选择等级' }]}>
            <Select
              aria-label="机构等级"
              placeholder="等级"
              options={optionsOf(words?.institution_grades)}
            />
          </Form.Item>
        </div>
      )}
      <Form.Item label="就医地" name="locality">
        <Select allowClear placeholder="本县（市、区）" options={optionsOf(words?.localities)} />
      </Form.Item>
      <div className="trial-pair">
        <Form.Item label="备案" name="registration">
          <Select allowClear placeholder="未备案" options={optionsOf(words?.registrations)} />
        </Form.Item>
        <Form.Item name="referral">
          <Select
            aria-label="转诊情形"
            allowClear
            placeholder="未转诊"
            options={optionsOf(words?.referrals)}
          />
        </Form.Item>
      </div>
    </>
  );
}
