// One of each antd component the product uses. A component missing here still works: its styles travel with the pages.
import {
  Alert,
  App,
  AutoComplete,
  Avatar,
  Badge,
  Breadcrumb,
  Button,
  Checkbox,
  Collapse,
  Descriptions,
  Divider,
  Drawer,
  Dropdown,
  Empty,
  Flex,
  Form,
  Input,
  InputNumber,
  List,
  Menu,
  Modal,
  message,
  notification,
  Popconfirm,
  Popover,
  Progress,
  Radio,
  Result,
  Segmented,
  Select,
  Skeleton,
  Space,
  Spin,
  Steps,
  Switch,
  Table,
  Tabs,
  Tag,
  Tooltip,
  Typography,
} from "antd";

const MessagePanel = message._InternalPanelDoNotUseOrYouWillBeFired;
const NotificationPanel = notification._InternalPanelDoNotUseOrYouWillBeFired;
const ModalPanel = Modal._InternalPanelDoNotUseOrYouWillBeFired;

const Inputs = () => (
  <Form>
    <Form.Item label="a" name="a">
      <Input />
    </Form.Item>
    <Input.Password />
    <Input.Search />
    <Input.TextArea />
    <InputNumber />
    <AutoComplete />
    <Select mode="multiple" />
    <Checkbox.Group options={["a"]} />
    <Radio.Group options={["a"]} />
    <Segmented options={["a"]} />
    <Switch />
    <Button type="primary">a</Button>
    <Space.Compact>
      <Button>a</Button>
    </Space.Compact>
  </Form>
);

const Surfaces = () => (
  <>
    <Alert message="a" />
    <Avatar>a</Avatar>
    <Badge count={1} />
    <Breadcrumb items={[{ title: "a" }]} />
    <Collapse items={[{ key: "a", label: "a" }]} />
    <Descriptions items={[{ key: "a", label: "a", children: "a" }]} />
    <Divider />
    <Empty />
    <Flex gap={1} />
    <List dataSource={["a"]} renderItem={() => <List.Item />} />
    <Menu items={[{ key: "a", label: "a" }]} />
    <Progress percent={1} />
    <Result />
    <Skeleton active />
    <Space />
    <Spin />
    <Steps items={[{ title: "a" }]} />
    <Table rowSelection={{}} columns={[{ title: "a", fixed: "left" }]} dataSource={[]} scroll={{ x: 1 }} />
    <Tabs items={[{ key: "a", label: "a" }]} />
    <Tag>a</Tag>
    <Typography.Text>a</Typography.Text>
  </>
);

const Overlays = () => (
  <>
    <Drawer />
    <Dropdown menu={{ items: [] }}>
      <i />
    </Dropdown>
    <Modal />
    <ModalPanel type="confirm" />
    <MessagePanel />
    <NotificationPanel />
    <Popconfirm title="a" />
    <Popover />
    <Tooltip title="a">
      <i />
    </Tooltip>
  </>
);

export const EveryComponent = () => (
  <App>
    <Inputs />
    <Surfaces />
    <Overlays />
  </App>
);
